"""Complaints that come in by mail: the gateway to a complaint against the gateway to a plain thread of the host."""

from email.message import EmailMessage

from .probe import Side

# The model of the host that takes mail and does the least with it.
PLAIN = "crm.lead"
MAILS = 20


class Intake:
    """Mails of as many senders, a tenth of them customers, into complaints and into leads."""

    def __init__(self, env):
        self.env = env
        self.number = 0

    def letters(self):
        """Return the mails of a round, each from a sender of its own; they are taken back with it."""
        found = []
        for _ in range(MAILS):
            self.number += 1
            letter = EmailMessage()
            letter["From"] = f"Sender {self.number} <sender{self.number}@intake.example.com>"
            letter["To"] = "anything@intake.example.com"
            letter["Subject"] = f"S{self.number:05d}: the kettle leaks"
            letter["Message-Id"] = f"<intake-{self.number}@intake.example.com>"
            letter.set_content("It leaks.")
            letter.add_attachment(b"1" * 10000, maintype="image", subtype="png", filename="photo.png")
            found.append(letter.as_bytes())
        self.env.invalidate_all()
        return found

    def receive(self, model, letters):
        """Give the mails to the gateway."""
        gateway = self.env["mail.thread"].sudo()
        return [gateway.message_process(model, letter) for letter in letters]

    def sides(self):
        """Return the suite and the plain thread."""
        return [
            Side("suite", lambda letters: self.receive("customer.complaint", letters), self.letters),
            Side("items", lambda letters: self.receive(PLAIN, letters), self.letters),
        ]

    def figures(self):
        """Return what either side makes of the mails: one record of each, with its file."""
        found = {}
        for side, model in zip(self.sides(), ("customer.complaint", PLAIN), strict=True):
            records = self.env[model].browse(side.call(side.prepare()))
            files = self.env["ir.attachment"].sudo()
            files = files.search_count([("res_model", "=", model), ("res_id", "in", records.ids)])
            found[side.name] = {"rows": len(set(records.ids)), "files": files}
            self.env.cr.rollback()
            self.env.invalidate_all()
        return found
