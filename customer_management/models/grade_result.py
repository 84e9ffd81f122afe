from odoo import api, fields, models
from odoo.tools import SQL

from ..exceptions import GradeRunStateError
from ..tools import LooseMany2one


class CustomerGradeResult(models.Model):
    """Where one customer stands in a run, and the grade that follows.

    The rows are stored by one statement, so their columns carry no foreign keys: the run deletes
    them with itself, the partner takes them along, and grades in use cannot be deleted.
    """

    _name = "customer.grade.result"
    _description = "Grading Result"
    _order = "run_id desc, position, id"
    _rec_name = "partner_id"
    _log_access = False

    run_id = LooseMany2one("customer.grade.run", required=True, readonly=True)
    scheme_id = fields.Many2one(related="run_id.scheme_id")
    company_id = fields.Many2one(related="run_id.company_id", search="_search_company_id")
    currency_id = fields.Many2one(related="run_id.currency_id")
    run_state = fields.Selection(related="run_id.state")
    partner_id = LooseMany2one("res.partner", string="Customer", required=True, readonly=True)
    user_id = fields.Many2one(related="partner_id.user_id", string="Salesperson")
    position = fields.Integer(readonly=True, aggregator=None)
    rank = fields.Integer(readonly=True, aggregator=None, help="Customers with the same value share a rank.")
    value = fields.Float(readonly=True, digits=(16, 2))
    has_value = fields.Boolean(readonly=True, help="No value at all is not the same as zero.")
    share = fields.Float(
        readonly=True, digits=(16, 6), help="Part of the total of all customers with more than zero."
    )
    cumulative_share = fields.Float(
        readonly=True,
        digits=(16, 6),
        aggregator="max",
        help="Part of the total up to and including this customer.",
    )
    proposed_grade_id = LooseMany2one("customer.grade", string="By the Cuts", readonly=True)
    settled_grade_id = LooseMany2one("customer.grade", string="Computed Grade", readonly=True)
    kept = fields.Selection(
        [("margin", "Cut not passed by the margin"), ("stay", "Minimum stay not over")],
        string="Kept Because",
        readonly=True,
    )
    previous_grade_id = LooseMany2one("customer.grade", readonly=True)
    override_grade_id = LooseMany2one(
        "customer.grade", string="Override", domain="[('scheme_id', '=', scheme_id)]"
    )
    override_reason = fields.Char()
    override_user_id = LooseMany2one("res.users", string="Overridden By", readonly=True)
    grade_id = LooseMany2one(
        "customer.grade", string="Grade", compute="_compute_grade_id", store=True, readonly=True
    )
    grade_color = fields.Integer(related="grade_id.color", string="Grade Color")
    previous_color = fields.Integer(related="previous_grade_id.color", string="Color of the Grade Before")
    changed = fields.Boolean(compute="_compute_changed", search="_search_changed")

    _partner_run_unique = models.UniqueIndex("(partner_id, run_id)", "A customer has one result in a run.")
    # The results of a run lie together: a range index finds them and costs next to nothing to fill.
    _run_idx = models.Index("USING brin (run_id)")

    @api.depends("settled_grade_id", "override_grade_id")
    def _compute_grade_id(self):
        for result in self:
            result.grade_id = result.override_grade_id or result.settled_grade_id

    @api.depends("grade_id", "previous_grade_id")
    def _compute_changed(self):
        for result in self:
            result.changed = result.grade_id != result.previous_grade_id

    def _search_changed(self, operator, value):
        if operator != "in":
            return NotImplemented
        return fields.Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "(%s IS DISTINCT FROM %s) = ANY(%s)",
                model._field_to_sql(alias, "grade_id", query),
                model._field_to_sql(alias, "previous_grade_id", query),
                [bool(v) for v in value],
            )
        )

    def _search_company_id(self, operator, value):
        return [("run_id.company_id", operator, value)]

    def write(self, vals):
        """Override of `base`: only an override with its reason is written, while the run is not applied.

        :raises GradeRunStateError: on any other field, in another state, without a reason, or with a
            grade of another scheme
        """
        if self.env.su:
            return super().write(vals)
        if not {"override_grade_id", "override_reason"}.issuperset(vals):
            raise GradeRunStateError(
                self.env._("Results are computed. Override the grade and say why instead.")
            )
        self.check_access("write")
        self.run_id._ensure_state("computed")
        vals = dict(vals)
        if "override_grade_id" in vals:
            vals["override_user_id"] = vals["override_grade_id"] and self.env.user.id
            if not vals["override_grade_id"]:
                vals["override_reason"] = False
        done = super(CustomerGradeResult, self.sudo()).write(vals)
        self._check_override()
        return done

    def _check_override(self):
        for result in self:
            if result.override_grade_id and not (result.override_reason or "").strip():
                raise GradeRunStateError(
                    self.env._(
                        "Say why %(customer)s gets grade %(grade)s: an override needs a reason.",
                        customer=result.partner_id.display_name,
                        grade=result.override_grade_id.name,
                    )
                )
            if result.override_grade_id and result.override_grade_id.scheme_id != result.run_id.scheme_id:
                raise GradeRunStateError(
                    self.env._(
                        "Grade %(grade)s belongs to another scheme than the run of %(customer)s.",
                        customer=result.partner_id.display_name,
                        grade=result.override_grade_id.name,
                    )
                )

    def _take_overrides(self, run):
        """Delete the results of a run and return the overrides among them."""
        rows = self.env.execute_query(
            SQL(
                """
                WITH gone AS (DELETE FROM customer_grade_result WHERE run_id = %s
                              RETURNING partner_id, override_grade_id, override_reason, override_user_id)
                SELECT * FROM gone WHERE override_grade_id IS NOT NULL
                """,
                run.id,
            )
        )
        return rows

    def _put_overrides(self, run, overrides):
        """Put overrides back after the results were computed anew."""
        if not overrides:
            return
        by_partner = {row[0]: row[1:] for row in overrides}
        results = self.sudo().search([("run_id", "=", run.id), ("partner_id", "in", list(by_partner))])
        for result in results:
            grade, reason, user = by_partner[result.partner_id.id]
            result.write({"override_grade_id": grade, "override_reason": reason, "override_user_id": user})

    @api.model
    def _merge_partners(self, sources, target):
        """Give the results of partners that are merged to the one that stays.

        Where both have a result in a run, the amounts of a scheme that adds them up are added, so that
        the total of the run stays; otherwise the value of the partner that stays holds, if it has one.
        """
        self.env.flush_all()
        for source in sources:
            self.env.cr.execute(self._merge_sql(source, target))
            self.env.cr.execute(
                SQL(
                    "UPDATE customer_grade_result SET partner_id = %s WHERE partner_id = %s",
                    target.id,
                    source.id,
                )
            )
        self.invalidate_model()

    @api.model
    def _merge_sql(self, source, target):
        """Return the statement that puts the results of two partners in the same runs together."""
        return SQL(
            """
            WITH gone AS (
                DELETE FROM customer_grade_result s USING customer_grade_result t
                 WHERE s.partner_id = %s AND t.partner_id = %s AND t.run_id = s.run_id
             RETURNING t.id, s.value, s.share, s.has_value
            )
            UPDATE customer_grade_result t
               SET value = CASE WHEN n.method = 'pareto' THEN t.value + gone.value
                                WHEN t.has_value THEN t.value ELSE gone.value END,
                   share = t.share + gone.share,
                   has_value = t.has_value OR gone.has_value
              FROM gone, customer_grade_run n
             WHERE t.id = gone.id AND n.id = t.run_id
            """,
            source.id,
            target.id,
        )

    def _delete_where(self, column, ids):
        """Delete the results that refer to these ids; the tables carry no foreign key that would."""
        if ids:
            self.env.cr.execute(
                SQL("DELETE FROM customer_grade_result WHERE %s = ANY(%s)", SQL.identifier(column), list(ids))
            )
            self.invalidate_model()

    @api.model
    def _insert_sql(self, run, grading):
        """Return the one statement that computes and stores the results of a run."""
        return SQL(
            """
            INSERT INTO customer_grade_result (
                run_id, partner_id, position, rank, value, has_value, share, cumulative_share,
                proposed_grade_id, settled_grade_id, grade_id, kept, previous_grade_id)
            SELECT %(run)s, partner_id, position, rank, COALESCE(value, 0), value IS NOT NULL,
                   COALESCE(part / NULLIF(total, 0), 0), COALESCE(cumulative / NULLIF(total, 0), 0),
                   (%(grades)s::int[])[proposed], kept_id, kept_id,
                   CASE WHEN NOT COALESCE(locked, FALSE) THEN kept
                        WHEN kept_id <> (%(grades)s::int[])[settled] THEN 'lock' END,
                   held_id
              FROM (%(graded)s) graded
             CROSS JOIN LATERAL (SELECT CASE WHEN locked THEN held_id
                                             ELSE (%(grades)s::int[])[settled] END AS kept_id) lock
            """,
            run=run.id,
            grades=list(grading.grade_ids),
            graded=run.scheme_id._graded_sql(grading),
        )

    @api.model
    def _apply_sql(self, run):
        """Return the one statement that gives customers their new grades and records the changes.

        Whoever's grade was locked since the run was computed keeps it, and the result says so.
        """
        held = SQL("(p.customer_grade_id ->> %s)::int", str(run.company_id.id))
        locked = SQL(
            "COALESCE((p.customer_grade_locked_until ->> %s)::date >= %s, FALSE)",
            str(run.company_id.id),
            run.date_to,
        )
        return SQL(
            """
            WITH changed AS (
                SELECT r.partner_id, r.grade_id, r.override_reason, %(held)s AS previous_id
                  FROM customer_grade_result r JOIN res_partner p ON p.id = r.partner_id
                 WHERE r.run_id = %(run)s AND r.grade_id IS DISTINCT FROM %(held)s AND NOT %(locked)s
            ), kept AS (
                UPDATE customer_grade_result r SET settled_grade_id = %(held)s, grade_id = %(held)s, kept = 'lock'
                  FROM res_partner p
                 WHERE p.id = r.partner_id AND r.run_id = %(run)s AND r.grade_id <> %(held)s AND %(locked)s
            ), recorded AS (
                INSERT INTO customer_grade_history (
                    partner_id, company_id, date, grade_id, previous_grade_id, run_id, user_id, reason,
                    create_uid, create_date, write_uid, write_date)
                SELECT partner_id, %(company)s, %(date)s, grade_id, previous_id, %(run)s, %(user)s, override_reason,
                       %(user)s, now() at time zone 'UTC', %(user)s, now() at time zone 'UTC'
                  FROM changed
            )
            UPDATE res_partner p
               SET customer_grade_id = COALESCE(p.customer_grade_id, '{}'::jsonb)
                                       || jsonb_build_object(%(key)s::text, changed.grade_id)
              FROM changed WHERE p.id = changed.partner_id
            RETURNING p.id
            """,
            run=run.id,
            held=held,
            locked=locked,
            key=str(run.company_id.id),
            company=run.company_id.id,
            date=run.date_to,
            user=self.env.user.id,
        )
