from odoo import api, models

from ..exceptions import AgingStateError


class CustomerAgingReport(models.Model):
    """The ways into an aging report and from it to what is behind its figures."""

    _inherit = "customer.aging.report"

    def _ensure_computed(self):
        """:raises AgingStateError: when there is nothing to show yet"""
        for report in self:
            if report.state != "computed":
                raise AgingStateError(
                    self.env._("Compute the report “%s” first: it has no figures yet.", report.name)
                )

    @api.model
    def action_open_today(self):
        """Open today's receivables, in the report that the user has not kept, made anew."""
        return self._make_today()._open()

    @api.model
    def action_open_today_lines(self):
        """Show today's open items as a table of customers by age."""
        action = self._make_today().action_open_lines()
        views = sorted(action["views"], key=lambda view: view[1] != "pivot")
        return {**action, "views": views, "view_mode": ",".join(kind for _view, kind in views)}

    @api.model
    def _make_today(self):
        """Return today's report of the user, made anew."""
        domain = [
            ("create_uid", "=", self.env.uid),
            ("is_kept", "=", False),
            ("company_id", "=", self.env.company.id),
            ("partner_ids", "=", False),
        ]
        report = self.search(domain, limit=1) or self.create({})
        report.write({"date_to": self._today(), "company_ids": self.env.companies.ids})
        report.action_compute()
        return report

    def _open(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Aged Receivables"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [(False, "form")],
        }

    def action_keep(self):
        """Keep the report with its figures as they are now."""
        self.check_access("write")
        self._ensure_computed()
        self.sudo().write({"is_kept": True})

    def action_open_lines(self):
        """Show the open items; with a bucket in the context only those of that bucket."""
        self.ensure_one()
        self._ensure_computed()
        action = self.env["ir.actions.actions"]._for_xml_id("customer_credit.aging_line_action")
        domain = [("report_id", "=", self.id)]
        index = self.env.context.get("aging_bucket_index")
        if isinstance(index, int):
            domain.append(("bucket", "=", index))
        return {**action, "domain": domain, "display_name": f"{action['name']}: {self.name}"}

    def action_open_partners(self):
        """Show what each customer owes."""
        self.ensure_one()
        self._ensure_computed()
        action = self.env["ir.actions.actions"]._for_xml_id("customer_credit.aging_partner_action")
        name = f"{action['name']}: {self.name}"
        return {**action, "domain": [("report_id", "=", self.id)], "display_name": name}
