import os

from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools.mimetypes import guess_mimetype

from ..tools import mail_words

MEGABYTE = 1024 * 1024


class CustomerComplaint(models.Model):
    """Files that customers hand in: how many, how large, of which kinds; they belong to their complaint only."""

    _inherit = "customer.complaint"

    @api.model
    def _screen_mail_files(self, msg_dict, company):
        """Take the files out of a mail that are too many or too large.

        :return: name and size in bytes of each file that is not kept
        """
        kept, dropped = [], []
        for name, content, *info in msg_dict.get("attachments") or ():
            name = self._file_name(name)
            size = len(content or b"")
            if size > company.complaint_file_size * MEGABYTE or len(kept) >= company.complaint_file_count:
                dropped.append((name, size))
            else:
                kept.append((name, content, *info))
        msg_dict["attachments"] = kept
        return dropped

    def _note_dropped(self, dropped):
        if dropped:
            files = ", ".join(f"{name} ({size / MEGABYTE:.1f} MB)" for name, size in dropped)
            self._note(
                self.env._("Not kept, as too large or too many: %s. Ask the customer for them.", files)
            )

    @api.model
    def _file_name(self, name):
        """Return the name of a file without a path or what no name has."""
        name = mail_words.plain(name).replace("\\", "/").rsplit("/", 1)[-1]
        name = "".join(one for one in name if one not in '<>:"|?*\n\t').strip(". ")
        root, end = os.path.splitext(name)
        return (root[:120] + end[:20]) or "file"

    @api.model
    def _file_hint(self, company):
        """Return which files a form takes, in a sentence."""
        return self.env._(
            "At most %(count)s files of %(size)s MB each: %(kinds)s",
            count=company.complaint_file_count,
            size=company.complaint_file_size,
            kinds=company.complaint_file_types or "",
        )

    @api.model
    def _screen_files(self, files, company):
        """Return the files of a form, with safe names.

        :param files: name and content of each
        :raises ValidationError: when they are too many, too large, or of kinds that are not taken
        """
        most, largest = company.complaint_file_count, company.complaint_file_size
        if len(files) > most:
            raise ValidationError(
                self.env._(
                    "Send at most %(most)s files at a time, not %(number)s.", most=most, number=len(files)
                )
            )
        return [(self._screen_file(name, content, company, largest), content) for name, content in files]

    @api.model
    def _screen_file(self, name, content, company, largest):
        name = self._file_name(name)
        size = len(content)
        if size > largest * MEGABYTE:
            raise ValidationError(
                self.env._(
                    "“%(name)s” is %(size).1f MB; the most is %(largest)s MB.",
                    name=name,
                    size=size / MEGABYTE,
                    largest=largest,
                )
            )
        taken = {one.strip(" .").lower() for one in (company.complaint_file_types or "").split(",")}
        end = os.path.splitext(name)[1].lstrip(".").lower()
        # A page or a program stays one under another name.
        real = guess_mimetype(content)
        if end not in taken or real in ("text/html", "image/svg+xml", "application/x-dosexec"):
            raise ValidationError(
                self.env._(
                    "“%(name)s” is of a kind that we do not take. Send one of: %(kinds)s.",
                    name=name,
                    kinds=company.complaint_file_types or "",
                )
            )
        return name

    def _process_attachments_for_post(self, attachments, attachment_ids, message_values):
        """Override of `mail`: what a customer adds in the portal has the same limits as in its forms."""
        if self and attachment_ids and not self.env.user._is_internal():
            files = self.env["ir.attachment"].sudo().browse(attachment_ids).exists()
            own = files.filtered(
                lambda one: one.res_model == "mail.compose.message" and one.create_uid == self.env.user
            )
            self._screen_files([(one.name, one.raw or b"") for one in own], self.sudo().company_id)
        return super()._process_attachments_for_post(attachments, attachment_ids, message_values)

    def _get_mail_thread_data_attachments(self):
        """Override of `mail`: a customer who holds the link is told of files in its messages, and of no others."""
        files = super()._get_mail_thread_data_attachments()
        if self.env.user._is_internal():
            return files
        return files & self._portal_messages().attachment_ids

    def _portal_messages(self):
        """Return the messages that the customer may see, as the system."""
        self.ensure_one()
        comment = self.env.ref("mail.mt_comment").id
        return self.sudo().website_message_ids.filtered(
            lambda message: message.subtype_id.id == comment and not message.is_internal
        )
