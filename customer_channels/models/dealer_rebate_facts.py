from odoo import api, fields, models


class CustomerDealerRebateEngine(models.AbstractModel):
    """What the engine asks of others, for all statements at once: decided periods, conditions, points."""

    _inherit = "customer.dealer.rebate.engine"

    @api.model
    def _past(self, statements):
        """Return what was decided before: interims of the same periods, settled periods, corrections of these."""
        domain = [
            ("dealer_id", "in", statements.dealer_id.ids),
            ("plan_id", "in", statements.plan_id.ids),
            ("id", "not in", statements.ids),
        ]
        rows = statements.search(
            [*domain, "|", ("approval_state", "=", "approved"), ("calculated_on", "!=", False)]
        )
        rows |= statements.filtered(lambda one: one.kind == "interim")
        interims = rows.filtered(lambda one: one.kind == "interim").sorted("date_to")
        settled = rows.filtered(
            lambda one: (
                one.kind == "final"
                and one.approval_state == "approved"
                and not one.forfeited_on
                and not one.lost
            )
        )
        oldest = min(statements.mapped("period_from"))
        settled = settled.filtered(
            lambda one: fields.Date.add(one.date_to, months=one.plan_id.clawback_months) >= oldest
        )
        groups = (
            self.env["customer.dealer.rebate.line"]
            .sudo()
            ._read_group(
                [
                    ("source_id", "in", settled.ids),
                    ("kind", "=", "clawback"),
                    ("statement_id.approval_state", "in", ("pending", "approved")),
                    ("statement_id.forfeited_on", "=", False),
                ],
                ["source_id"],
                ["amount:sum"],
            )
        )
        return {
            "interims": interims.grouped(lambda one: (one.plan_id, one.dealer_id, one.period_from)),
            "settled": settled,
            "by_pair": settled.grouped(lambda one: (one.plan_id, one.dealer_id)),
            "corrected": dict(groups),
        }

    @api.model
    def _circumstances(self, company, statements, today):
        """Return attainments, violations, overdue days, missing reports and points: each asked once a period."""
        found = {name: {} for name in ("attained", "violations", "taken", "overdue", "reports", "points")}
        over = statements.filtered(lambda one: one.date_to < today)
        for (first, last), own in over.grouped(lambda one: (one.date_from, one.date_to)).items():
            dealers = own.dealer_id
            found["attained"][first, last] = dealers._attainments(first, last)
            found["violations"][first, last] = dealers._violations_proven(first, last)
            found["taken"][first, last] = dealers._rebates_taken(first, last)
            found["reports"][first, last] = dealers._reports_missing(first, last)
        for (first, last), own in statements.grouped(lambda one: (one.period_from, one.date_to)).items():
            if (first, last) not in found["attained"]:
                asked = own.filtered(lambda one: one.plan_id._needs_target()).dealer_id
                found["attained"][first, last] = asked._attainments(first, last) if asked else {}
        metrics = self.env["customer.metric"].sudo()
        for last, own in over.filtered(lambda one: one.plan_id.no_overdue).grouped("date_to").items():
            found["overdue"][last] = metrics._evaluate(
                ["overdue_days_max"], last, 12, company, own.partner_id
            )
        deductions = (
            self.env["customer.dealer.rebate.deduction"]
            .sudo()
            .search(
                [
                    ("dealer_id", "in", statements.dealer_id.ids),
                    ("date", ">=", min(statements.mapped("period_from"))),
                    ("date", "<=", max(statements.mapped("date_to"))),
                ]
            )
        )
        found["points"] = deductions.grouped("dealer_id")
        return found
