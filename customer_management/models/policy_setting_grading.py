from odoo import models

from ..tools.living_text import table


class CustomerPolicySetting(models.Model):
    """What policies read from grading: the scheme, its grades and what follows from each."""

    _inherit = "customer.policy.setting"

    def _setting_company_name(self, company):
        """Return the name of the company."""
        return company.name

    def _scheme(self, company):
        """Return the company's leading grading scheme: the first one."""
        return self.env["customer.grade.scheme"].search([("company_id", "=", company.id)], limit=1)

    def _best_grade(self, company):
        return self._scheme(company).grade_ids._in_order()[:1]

    def _setting_grading_scheme(self, company):
        """Return the name of the leading scheme."""
        return self._scheme(company).name or None

    def _setting_grading_basis(self, company):
        """Return what customers are graded by: the metric, or the assessment, of the leading scheme."""
        scheme = self._scheme(company)
        return (scheme.template_id if scheme.method == "score" else scheme.metric_id).name or None

    def _setting_grading_months(self, company):
        """Return the length of the period that is graded, in months."""
        scheme = self._scheme(company)
        return str(scheme.months) if scheme else None

    def _setting_grading_stability(self, company):
        """Return in words by how much a cut must be passed, and how long a grade is kept at least."""
        scheme = self._scheme(company)
        if not scheme:
            return None
        rules = []
        if scheme.margin:
            margin = f"{scheme.margin:g}"
            rules.append(self.env._("A grade changes only when the cut is passed by %s points.", margin))
        if scheme.minimum_stay:
            rules.append(self.env._("A grade is kept for at least %s days.", scheme.minimum_stay))
        return " ".join(rules) or self.env._("At present neither is set: a grade follows each grading.")

    def _setting_grading_approval(self, company):
        """Return whether somebody else has to approve a grading before it holds."""
        scheme = self._scheme(company)
        if not scheme:
            return None
        if scheme.approval_required:
            return self.env._("Somebody other than the person who computed it approves it before it holds.")
        return self.env._("It holds as soon as it is applied; an approval of its own is not required.")

    def _setting_grade_best(self, company):
        """Return the name of the best grade: its customers are the key accounts."""
        return self._best_grade(company).name or None

    def _setting_grade_best_visit_days(self, company):
        """Return every how many days customers of the best grade are visited; None without a rhythm."""
        days = self._best_grade(company).visit_interval_days
        return str(days) if days else None

    def _setting_grade_cuts(self, company):
        """Return a table of the grades with the line that each is drawn at."""
        scheme = self._scheme(company)
        grades = scheme.grade_ids._in_order()
        if not grades:
            return None
        rows = [[grade.name, self._cut_words(grade), grade.note or ""] for grade in grades]
        return table([self.env._("Grade"), self.env._("Who belongs to it"), self.env._("Meaning")], rows)

    def _cut_words(self, grade):
        """Return in words who belongs to a grade."""
        if grade.is_last:
            return self.env._("all others, and whoever bought nothing")
        cut = f"{grade.cut:g}"
        if grade.method == "pareto":
            return self.env._("the largest customers that together make %s %% of the amount", cut)
        if grade.method == "rank":
            return self.env._("the first %s %% of the customers", cut)
        if grade.method == "score":
            return self.env._("a score of %s and more", cut)
        return self.env._("from %s on", f"{grade.cut:,.0f}")

    def _setting_grade_policies(self, company):
        """Return a table of what follows from each grade: visits, terms, prices, limit, service."""
        grades = self._scheme(company).grade_ids._in_order()
        if not grades:
            return None
        levels = dict(grades._fields["service_level"]._description_selection(self.env))
        rows = [
            [
                grade.name,
                self.env._("every %s days", grade.visit_interval_days) if grade.visit_interval_days else "–",
                grade.payment_term_id.name or "–",
                grade.pricelist_id.name or "–",
                f"× {grade.limit_factor:g}",
                levels[grade.service_level],
            ]
            for grade in grades
        ]
        head = [
            self.env._("Grade"),
            self.env._("Visits"),
            self.env._("Payment Terms"),
            self.env._("Pricelist"),
            self.env._("Credit Limit"),
            self.env._("Service Level"),
        ]
        return table(head, rows)
