from dateutil.relativedelta import relativedelta

from odoo import fields, models
from odoo.fields import Command

from odoo.addons.customer_management.tools import engine_env

MONTHS = 12
# Under which code an assessment or a statement knows an input of ours, where it is another one.
OTHER_CODES = {"sales": "customer_sales", "total_liabilities": "liabilities", "security": "security_value"}
# What changes slowly enough to be taken from the review before.
LASTING = ("suppliers", "trade_current_ratio", "supply_share", "cost_rate", "peer_limits")


class CustomerCreditReview(models.Model):
    """The figures that a review starts with: from our books, assessments, statements and the last review."""

    _inherit = "customer.credit.review"

    def _draft(self):
        """Fill drafts: what the account has today, its scorecard, the vetoes, inputs and methods."""
        # Without the defaults of a caller, which are for the review and not for its lines.
        reviews = self.with_env(engine_env(self.env))
        reviews._take_account()
        reviews._take_assessments()
        lines = self.env["customer.credit.review.veto"].sudo()
        lines.create(lines._of_reviews(reviews))
        methods = self.env["customer.credit.limit.method"].sudo().search([("active", "=", True)])
        known = reviews._figures(methods.input_ids)
        for review in reviews:
            review.write(
                {
                    "input_ids": [
                        Command.create(review._input_values(one, known[review].get(one.code)))
                        for one in methods.input_ids.sorted()
                        if not one.is_derived
                    ],
                    "method_ids": [
                        Command.create({"method_id": method.id, "weight": method.weight})
                        for method in methods
                    ],
                }
            )

    def _input_values(self, one, found):
        """Return the values of an input line: what was found, or a figure that is not known."""
        if found is None:
            return {"input_id": one.id}
        value, source, *statement = found
        filled = {"amounts": "; ".join(f"{number:.2f}" for number in value)} if one.unit == "list" else {}
        return {
            "input_id": one.id,
            "is_known": True,
            "source": source,
            "statement_id": statement[0].id if statement else False,
            **(filled or {"value": value}),
        }

    def _take_account(self):
        """Take down what the accounts have, and what one payer gets at most."""
        for company, reviews in self.grouped("company_id").items():
            accounts = reviews.account_id
            limits = accounts._base_limits()
            covers = accounts._covers(fields.Date.context_today(self))
            single = reviews._single_cap(company)
            for review in reviews:
                account = review.account_id
                limit = limits[account]
                review.write(
                    {
                        "old_score_name": account.rating_id.name or self.env._("Not rated"),
                        "old_state": account._state_of(limit),
                        "old_amount": limit or 0.0,
                        "secured_amount": covers.get(account, (0.0, 0.0))[0],
                        "single_cap": single or 0.0,
                        "has_single_cap": single is not None,
                        "step": company.customer_credit_step,
                    }
                )

    def _single_cap(self, company):
        """Return the part of our own sales of a year that one payer gets at most, or None without a bound."""
        percent = company.customer_credit_single_percent
        if not percent:
            return None
        today = fields.Date.context_today(self)
        values = self.env["customer.metric"]._evaluate(["revenue"], today, MONTHS, company)
        total = float(sum(row["revenue"] or 0 for row in values.values()))
        # Without sales yet there is nothing to take a part of.
        return company.currency_id.round(total * percent / 100) if total > 0 else None

    def _take_assessments(self):
        """Choose the latest finished scorecard of each payer that is not older than a year, if none is chosen."""
        template = self.env.ref("customer_credit.assessment_template_scorecard", raise_if_not_found=False)
        for review in self:
            since = review.date - relativedelta(months=MONTHS)
            mine = self.env["customer.assessment"].search(
                [
                    ("partner_id", "=", review.partner_id.id),
                    ("company_id", "=", review.company_id.id),
                    ("kind", "=", "credit"),
                    ("state", "=", "done"),
                    ("date", ">=", since),
                    ("date", "<=", review.date),
                ]
            )
            leading = mine.filtered(lambda one: one.template_id == template and one.has_score)
            chosen = review.assessment_id or leading[:1]
            vals = {} if review.assessment_id else {"assessment_id": chosen.id}
            if not review.assessment_ids:
                others = (mine - chosen).grouped("template_id").values()
                vals["assessment_ids"] = [Command.set([rows[0].id for rows in others if rows])]
            review.write(vals)

    def _figures(self, inputs):
        """Return what is known of the inputs; the best source wins.

        :return: ``{review: {code: (value, source)}}``, of statements ``(value, source, statement)``
        """
        found = {review: review._lasting_inputs() for review in self}
        for (company, day), reviews in self.grouped(lambda r: (r.company_id, r.date)).items():
            for review, figures in reviews._book_figures(company, day).items():
                found[review].update({code: (value, "metric") for code, value in figures.items()})
        wanted = set(inputs.mapped("code"))
        statements = self._review_statement_inputs()
        for review in self:
            known = found[review]
            known.update({code: (v, "assessment") for code, v in review._assessment_inputs().items()})
            for code, (value, statement) in statements.get(review, {}).items():
                known[code] = (value, "statement", statement)
            found[review] = {code: value for code, value in known.items() if code in wanted}
        return found

    def _review_statement_inputs(self):
        """Hook: return the figures of the payers' statements, by the codes of the inputs.

        :return: ``{review: {code: (value, statement)}}``, in the currency of the company, percent as 0 to 100;
            codes that are not known are absent
        """
        return {}

    def _assessment_inputs(self):
        """Return the figures that the assessments of the review hold, by the codes of the inputs."""
        self.ensure_one()
        found = {}
        for assessment in (self.assessment_ids | self.assessment_id).sorted("date"):
            for figure in assessment.figure_ids.filtered("is_known"):
                found[OTHER_CODES.get(figure.code, figure.code)] = figure.value
        return found

    def _lasting_inputs(self):
        """Return what people entered in the last approved review and what does not change by the month."""
        self.ensure_one()
        before = self.search(
            [("account_id", "=", self.account_id.id), ("approval_state", "=", "approved")],
            order="date_from DESC, id DESC",
            limit=1,
        )
        known = before.input_ids.filtered(lambda line: line.code in LASTING)._known()
        return {code: (value, "before") for code, value in known.items()}

    def _book_figures(self, company, day):
        """Return the figures of our own books for these reviews, in three statements: ``{review: {code: value}}``."""
        metrics, payers = self.env["customer.metric"], self.partner_id
        sales = metrics._series("revenue", day, MONTHS, company, payers)
        receipts = metrics._series("receipts", day, 6, company, payers)
        late = metrics._evaluate(["days_late_average"], day, MONTHS, company, payers)
        return {
            review: self._figures_of(
                [float(value or 0) for value in sales.get(review.partner_id.id, [])],
                [float(value or 0) for value in receipts.get(review.partner_id.id, [])],
                late.get(review.partner_id.id, {}).get("days_late_average"),
            )
            for review in self
        }

    def _figures_of(self, sales, receipts, late):
        """Return the inputs that follow from a year of monthly sales and half a year of receipts.

        :param list sales: of twelve months, the oldest first; empty without any
        :param list receipts: of six months, the oldest first; empty without any
        :param late: average days late, or None
        """
        found = {}
        selling = [amount for amount in sales if amount > 0]
        if selling:
            total, peak = sum(sales), max(selling)
            found.update(
                monthly_sales=sum(selling) / len(selling),
                annual_credit_sales=total,
                last_year_monthly_sales=total / MONTHS,
                peak_month=peak,
                season_percent=0.0,
            )
            # The peak above the average of the year; it cannot be negative.
            found["peak_percent"] = max(peak * MONTHS / total - 1, 0.0) * 100 if total > 0 else 0.0
        if receipts:
            found["receipts"] = receipts[::-1]
        if late is not None:
            found["days_late"] = float(late)
        return found

    def _known_inputs(self):
        """Return the known figures by code, with those that follow from the review itself."""
        self.ensure_one()
        known = self.input_ids._known()
        if self.final_rating_id:
            known["rating_factor"] = self.final_rating_id.limit_factor
            known["term_days"] = self.term_days
        if self.old_state in ("limit", "cash"):
            known["base_limit"] = self.old_amount
        cap = self.company_id.sudo().customer_credit_starter_cap
        if cap:
            known["starter_cap"] = cap
        return known
