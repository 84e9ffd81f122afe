from odoo import fields, models
from odoo.tools import SQL


class CustomerGradeMovement(models.Model):
    """What moved between a grading run and the run it is compared with, customer by customer.

    new: value now, none before, and no sale before the earlier period; won back: the same with an
    older sale; lost: value before, none now; up, down, kept: value in both, by the grade. The amounts
    bridge the two totals: earlier value + change = later value, for each row and for each movement.
    (domain 2.7)
    """

    _name = "customer.grade.movement"
    _description = "Movement Between Two Runs"
    _auto = False
    _order = "movement, change desc, id"
    _rec_name = "partner_id"

    run_id = fields.Many2one("customer.grade.run", readonly=True)
    previous_run_id = fields.Many2one("customer.grade.run", readonly=True)
    company_id = fields.Many2one("res.company", readonly=True)
    currency_id = fields.Many2one("res.currency", readonly=True)
    partner_id = fields.Many2one("res.partner", string="Customer", readonly=True)
    user_id = fields.Many2one("res.users", string="Salesperson", readonly=True)
    movement = fields.Selection(
        [
            ("new", "New"),
            ("won_back", "Won Back"),
            ("up", "Up"),
            ("kept", "Kept"),
            ("down", "Down"),
            ("lost", "Lost"),
            ("none", "Nothing in Both"),
        ],
        readonly=True,
    )
    grade_id = fields.Many2one("customer.grade", readonly=True)
    previous_grade_id = fields.Many2one("customer.grade", readonly=True)
    grade_color = fields.Integer(related="grade_id.color", string="Grade Color")
    previous_color = fields.Integer(related="previous_grade_id.color", string="Color of the Grade Before")
    value_before = fields.Float(string="Before", digits=(16, 2), readonly=True)
    value = fields.Float(string="Now", digits=(16, 2), readonly=True)
    change = fields.Float(digits=(16, 2), readonly=True)

    _depends = {
        "customer.grade.run": ["previous_run_id", "company_id", "date_from"],
        "customer.grade.result": ["run_id", "partner_id", "grade_id", "previous_grade_id", "value"],
        "customer.grade": ["sequence"],
        "account.move": ["commercial_partner_id", "company_id", "state", "move_type", "date"],
        "res.partner": ["user_id", "commercial_partner_id"],
        "res.company": ["currency_id", "parent_path"],
    }

    @property
    def _table_query(self):
        """Return the movements of all runs that have a run to compare with."""
        return SQL(
            """
            SELECT m.*, p.user_id, co.currency_id, m.value - m.value_before AS change,
                   CASE WHEN m.value > 0 AND m.value_before <= 0
                             THEN CASE WHEN EXISTS (
                                 SELECT FROM account_move a
                                   JOIN res_partner ap ON ap.id = a.commercial_partner_id
                                   JOIN res_company ac ON ac.id = a.company_id
                                  WHERE ap.commercial_partner_id = m.partner_id
                                    AND STARTS_WITH(ac.parent_path, co.parent_path)
                                    AND a.state = 'posted' AND a.move_type IN ('out_invoice', 'out_receipt')
                                    AND a.date < m.earlier_from) THEN 'won_back' ELSE 'new' END
                        WHEN m.value <= 0 AND m.value_before > 0 THEN 'lost'
                        WHEN m.value <= 0 THEN 'none'
                        WHEN g.sequence < b.sequence THEN 'up'
                        WHEN g.sequence > b.sequence THEN 'down'
                        ELSE 'kept' END AS movement
              FROM (
                SELECT r.id AS id, n.id AS run_id, n.previous_run_id, n.company_id, r.partner_id,
                       r.grade_id, COALESCE(o.grade_id, r.previous_grade_id) AS previous_grade_id,
                       r.value, COALESCE(o.value, 0) AS value_before, e.date_from AS earlier_from
                  FROM customer_grade_run n
                  JOIN customer_grade_run e ON e.id = n.previous_run_id
                  JOIN customer_grade_result r ON r.run_id = n.id
             LEFT JOIN customer_grade_result o ON o.run_id = e.id AND o.partner_id = r.partner_id
                UNION ALL
                SELECT -(n.id::bigint * 2147483648 + o.id), n.id, n.previous_run_id, n.company_id, o.partner_id,
                       NULL, o.grade_id, 0, o.value, e.date_from
                  FROM customer_grade_run n
                  JOIN customer_grade_run e ON e.id = n.previous_run_id
                  JOIN customer_grade_result o ON o.run_id = e.id
                 WHERE NOT EXISTS (SELECT FROM customer_grade_result r
                                    WHERE r.run_id = n.id AND r.partner_id = o.partner_id)
              ) m
              JOIN res_partner p ON p.id = m.partner_id
              JOIN res_company co ON co.id = m.company_id
         LEFT JOIN customer_grade g ON g.id = m.grade_id
         LEFT JOIN customer_grade b ON b.id = m.previous_grade_id
            """
        )
