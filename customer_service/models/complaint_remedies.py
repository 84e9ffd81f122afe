from odoo import SUPERUSER_ID, api, fields, models
from odoo.tools import SQL

from .complaint_remedy import BINDING, DEAD


class CustomerComplaint(models.Model):
    """What the customer of a complaint gets, and what that asks of the complaint's steps."""

    _inherit = "customer.complaint"

    remedy_ids = fields.One2many("customer.complaint.remedy", "complaint_id", string="Proposals")
    remedy_count = fields.Integer(compute="_compute_remedy_count")
    remedy_state = fields.Selection(
        [
            ("none", "None"),
            ("proposed", "Proposed"),
            ("agreed", "Agreed"),
            ("running", "Being Carried Out"),
            ("done", "Carried Out"),
        ],
        string="Remedies",
        compute="_compute_remedy_state",
        help="How far the proposals are that bind: the one that is furthest behind counts.",
    )
    remedy_amount = fields.Monetary(
        "Given to the Customer",
        compute="_compute_remedy_state",
        currency_field="company_currency_id",
        help="What the approved proposals give away, in company currency, whether it is carried out or not.",
    )
    credit_note_count = fields.Integer(compute="_compute_remedy_documents", compute_sudo=True)
    return_count = fields.Integer(compute="_compute_remedy_documents", compute_sudo=True)
    replacement_count = fields.Integer(compute="_compute_remedy_documents", compute_sudo=True)
    repair_count = fields.Integer(compute="_compute_remedy_documents", compute_sudo=True)

    @api.depends("remedy_ids")
    def _compute_remedy_count(self):
        for complaint in self:
            complaint.remedy_count = len(complaint.remedy_ids)

    @api.depends("remedy_ids.state", "remedy_ids.amount_company")
    def _compute_remedy_state(self):
        places = {"accepted": 2, "running": 3, "done": 4}
        names = ["none", "proposed", "agreed", "running", "done"]
        for complaint in self:
            live = complaint.remedy_ids._live()
            complaint.remedy_state = names[min((places.get(one.state, 1) for one in live), default=0)]
            given = live.filtered(lambda one: one.state in BINDING and one.state != "pending")
            complaint.remedy_amount = sum(given.mapped("amount_company"))

    def _compute_remedy_documents(self):
        for complaint in self:
            found = complaint._remedy_documents()
            complaint.credit_note_count = len(found["account.move"])
            complaint.return_count = len(found["stock.picking"])
            complaint.replacement_count = len(found["sale.order"])
            complaint.repair_count = len(found["repair.order"])

    def _remedy_documents(self):
        """Return the documents of the host that remedies of complaints made: ``{model: records}``."""
        lines = self.remedy_ids.line_ids
        return {
            "account.move": lines.credit_move_id,
            "stock.picking": lines.return_move_ids.picking_id,
            "sale.order": lines.order_line_id.order_id,
            "repair.order": lines.repair_id,
        }

    def action_open_remedy_documents(self):
        """Show the documents of one model, named by the context: with the user's own rights."""
        self.ensure_one()
        model = self.env.context.get("remedy_document")
        found = self.sudo()._remedy_documents().get(model)
        documents = self.env[model].browse(found.ids) if found is not None else self
        return documents._get_records_action(name=self.env["ir.model"]._get(documents._name).sudo().name)

    def action_propose(self):
        """Begin a proposal, with the goods and what the customer asks for."""
        self.ensure_one()
        return {
            "name": self.env._("Proposal"),
            "type": "ir.actions.act_window",
            "res_model": "customer.complaint.remedy",
            "views": [(False, "form")],
            "context": {"default_complaint_id": self.id},
        }

    def action_carry_out_remedies(self):
        """Make the documents of all proposals that were accepted."""
        self.check_access("write")
        self.remedy_ids.filtered(lambda one: one.state in ("accepted", "running")).action_carry_out()

    @api.model
    def _remedy_sql(self):
        """Override: what proposals that are carried out give, line by line."""
        self.env["customer.complaint.remedy.line"].flush_model()
        self.env["customer.complaint.remedy"].flush_model(["state"])
        return SQL(
            """
            %s UNION ALL
            SELECT l.complaint_id, CASE l.kind WHEN 'refund' THEN 'indemnity'
                                               WHEN 'allowance' THEN 'allowance'
                                               WHEN 'return' THEN 'return' ELSE 'replacement' END, l.value_company
              FROM customer_complaint_remedy_line l
              JOIN customer_complaint_remedy r ON r.id = l.remedy_id AND r.state IN ('running', 'done')
             WHERE l.is_done AND l.kind <> 'apology'
            """,
            super()._remedy_sql(),
        )

    # What the steps ask

    def _missing_for(self, stage):
        """Override: carried out is what was accepted; followed up is what was carried out."""
        missing = super()._missing_for(stage)
        live = self.remedy_ids._live()
        labels = dict(live._fields["state"]._description_selection(self.env))
        if stage == "carry_out":
            if self.is_justified in ("yes", "partly") and not live:
                missing.append(
                    self.env._("Propose what the customer gets, an apology at least, under “Remedies”.")
                )
            for remedy in live.filtered(lambda one: one.state not in ("accepted", "running", "done")):
                missing.append(
                    self.env._(
                        "%(remedy)s is “%(state)s”: have it approved and accepted, or make it void.",
                        remedy=remedy.name,
                        state=labels[remedy.state],
                    )
                )
        if stage == "follow_up":
            for remedy in live.filtered(lambda one: one.state != "done"):
                points = [point for point in remedy.line_ids.mapped("progress") if point]
                missing.append(
                    self.env._(
                        "%(remedy)s is not carried out: %(points)s.",
                        remedy=remedy.name,
                        points="; ".join(points) or labels[remedy.state],
                    )
                )
        return missing

    def _end(self, outcome, reason=None):
        """Override: whoever ends without being settled gets nothing any more.

        :raises RemedyStepError: when something was carried out already, or somebody is still to approve it
        """
        if outcome != "settled":
            live = self.remedy_ids.filtered(lambda one: one.state not in (*DEAD, "done"))
            # The system takes back what others asked for: the complaint that it was for has ended.
            pending = live.filtered(lambda one: one.state == "pending")
            pending.with_user(SUPERUSER_ID).action_withdraw()
            live.action_void()
            self.remedy_ids.filtered(lambda one: one.state == "done")._refuse_done(outcome)
        return super()._end(outcome, reason)

    def _remedy_undone(self, lines):
        """Take a complaint back to carrying out: a document of a remedy was taken back. As the system."""
        self.ensure_one()
        self._note(
            self.env._(
                "Not carried out any more: %s. Its document was taken back.",
                "; ".join(line._words() for line in lines),
            )
        )
        if self.stage == "follow_up":
            self._go("carry_out")
        elif self.stage == "closed" and self.user_id:
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=self.user_id.id,
                summary=self.env._("The complaint is closed, but its remedy was taken back"),
            )

    def _remedy_lock(self):
        """Of two proposals for a complaint at the same moment, let the second wait, retry, and see the first."""
        self.flush_recordset(["name"])
        self.env.cr.execute(
            SQL("UPDATE customer_complaint SET name = name WHERE id = ANY(%s)", sorted(self.ids))
        )
