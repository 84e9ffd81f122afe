from odoo import fields, models

from ..exceptions import GradeRunStateError


class CustomerGradeRun(models.Model):
    """The steps of a run: compute, approve, apply."""

    _inherit = "customer.grade.run"

    def action_compute(self):
        """Grade everybody: one statement stores the results, whatever the number of customers.

        Computing again replaces the results; overrides that were made by hand are kept.

        :raises GradeCutError: when the cuts of the scheme are out of order
        """
        self._ensure_step("draft", "computed")
        for run in self:
            run.lock_for_update()
            run._compute_results()

    def _compute_results(self):
        scheme = self.scheme_id
        self.env.flush_all()
        grading = scheme._grading(self.date_to)
        results = self.env["customer.grade.result"]
        # Without settings it was never computed, so there is nothing to replace.
        overrides = results._take_overrides(self) if self.settings else []
        self.env.cr.execute(results._insert_sql(self, grading))
        results.invalidate_model()
        results._put_overrides(self, overrides)
        self.sudo().write(
            {
                "state": "computed",
                "months": scheme.months,
                "metric_id": scheme.metric_id.id,
                "computed_by_id": self.env.user.id,
                "previous_run_id": (self._earlier() or self._find_previous()).id,
                "settings": {
                    "method": grading.method,
                    "cuts": list(grading.cuts),
                    "margin": grading.margin,
                    "minimum_stay": grading.stay,
                    "grades": scheme.grade_ids.mapped("name"),
                },
            }
        )
        self.invalidate_recordset(
            ["chart", "result_count", "changed_count", "overridden_count", "result_ids"]
        )

    def _earlier(self):
        """Return the run to compare with, as long as it is not of a later day than this one."""
        return self.previous_run_id.filtered(lambda run: run.date_to <= self.date_to)

    def _find_previous(self):
        """Return the last applied run of the scheme before this one."""
        return self.search(
            [
                ("scheme_id", "=", self.scheme_id.id),
                ("state", "=", "applied"),
                ("date_to", "<=", self.date_to),
                ("id", "!=", self.id),
            ],
            limit=1,
        )

    def action_approve(self):
        """Approve a computed run; whoever computed it or overrode a grade in it cannot approve it.

        :raises GradeRunStateError: when the same person computed the run or a part of it
        """
        self._ensure_step("computed")
        for run in self:
            if run.computed_by_id == self.env.user:
                raise GradeRunStateError(
                    self.env._(
                        "You computed the run “%s”: somebody else has to approve it.", run.display_name
                    )
                )
            own = [("run_id", "=", run.id), ("override_user_id", "=", self.env.uid)]
            if self.env["customer.grade.result"].search(own, limit=1):
                raise GradeRunStateError(
                    self.env._(
                        "You overrode grades of the run “%s”: somebody else has to approve it.",
                        run.display_name,
                    )
                )
        self.sudo().write({"state": "approved", "approved_by_id": self.env.user.id})

    def action_reset(self):
        """Take a run back to be changed; the grades that an applied run set stay."""
        self._ensure_step("computed", "approved")
        self.sudo().write({"state": "computed", "approved_by_id": False})

    def action_apply(self):
        """Give the customers their grades: one statement, whatever the number of customers.

        Only what differs is written, with a row of history each, and ``_customer_grade_changed`` is
        called on the customers that changed.

        :raises GradeRunStateError: when the run is not computed, not approved where that is required, or
            older than one that is applied
        """
        self.check_access("write")
        for run in self:
            run._ensure_state(*(("approved",) if run.approval_required else ("computed", "approved")))
            run.lock_for_update()
            run._ensure_latest()
            run._apply()

    def _ensure_latest(self):
        """:raises GradeRunStateError: when a run of a later day was applied, whose grades would be undone"""
        later = self.search(
            [
                ("scheme_id", "=", self.scheme_id.id),
                ("state", "=", "applied"),
                ("date_to", ">", self.date_to),
            ],
            limit=1,
        )
        if later:
            raise GradeRunStateError(
                self.env._(
                    "The run “%(later)s” is applied already. Applying “%(run)s” would put older grades back: "
                    "make a run as of a later day instead.",
                    later=later.display_name,
                    run=self.display_name,
                )
            )

    def _apply(self):
        self.env.flush_all()
        partners = self.env["res.partner"].with_company(self.company_id).sudo()
        rows = self.env.execute_query(self.env["customer.grade.result"]._apply_sql(self))
        self.env["customer.grade.result"].invalidate_model()
        changed = partners.browse(row[0] for row in rows)
        changed.invalidate_recordset(["customer_grade_id"])
        changed.modified(["customer_grade_id"])
        self.sudo().write({"state": "applied", "applied_on": fields.Datetime.now()})
        changed._customer_grade_changed(self.scheme_id)
        self.message_post(body=self.env._("Applied: the grade of %s customers changed.", len(changed)))
