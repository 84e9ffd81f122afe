import time
from odoo.tests import tagged, Form
from odoo.fields import Command
from .common import CustomerCase
@tagged("post_install", "-at_install")
class TestX(CustomerCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._make_people()
        cls.cs=cls._invoice_all({f"c{i}": i*10 for i in range(1,11)}, "2024-05-01")
        cls.scheme = cls.env["customer.grade.scheme"].create({"name":"x"})
        cls.A, cls.B, cls.C = cls.scheme.grade_ids

    def test_ctx_default(self):
        P = self.env["res.partner"].with_user(self.seller)
        p = P.with_context(default_customer_grade_id=self.A.id).create({"name": "zz"})
        self.assertFalse(p.customer_grade_id)
    def test_ir_default(self):
        self.env["ir.default"].with_user(self.seller).set("res.partner", "customer_grade_id", self.A.id, user_id=True)
        p = self.env["res.partner"].with_user(self.seller).create({"name": "zz"})
        self.assertFalse(p.sudo().customer_grade_id)
    def test_run_ctx(self):
        run = self.env["customer.grade.run"].with_user(self.manager).with_context(default_state="approved").create({"scheme_id": self.scheme.id})
        self.assertEqual(run.state, "draft")
    def test_copy(self):
        run = self.scheme.with_user(self.manager).action_run("2024-12-31")
        run.copy()
    def test_merge(self):
        run = self.scheme.with_user(self.manager).action_run("2024-12-31")
        run.action_apply()
        self.env["base.partner.merge.automatic.wizard"]._merge([self.cs["c1"].id, self.cs["c2"].id], self.cs["c1"])
    def test_merge_user(self):
        run = self.scheme.with_user(self.manager).action_run("2024-12-31")
        run.action_apply()
        o = self.cs["c1"].copy({"name": "c1bis"})
        self.env["base.partner.merge.automatic.wizard"].with_user(self.manager)._merge([self.cs["c1"].id, o.id], o)
        self.assertTrue(run.result_ids.filtered(lambda r: r.partner_id==o))
        self.assertTrue(o.customer_grade_id)
    def test_cuts_two(self):
        self.scheme.with_user(self.manager).write({"grade_ids": [(1,self.A.id,{"cut":92}),(1,self.B.id,{"cut":95})]})
    def test_method_back(self):
        f = Form(self.scheme.with_user(self.manager))
        f.method = "threshold"
        f.save()
        f = Form(self.scheme.with_user(self.manager))
        f.method = "pareto"
        f.save()
        print(self.scheme.grade_ids.mapped("cut"))
    def test_months_huge(self):
        f = Form(self.scheme.with_user(self.manager))
        f.months = 99999
        print(f.preview)
    def test_months_neg(self):
        f = Form(self.scheme.with_user(self.manager))
        f.months = -9
        print(f.preview)
    def test_nan(self):
        self.scheme.method = "threshold"
        self.scheme.write({"grade_ids": [(2, self.B.id)]})
        self.A.cut = float("nan")
        print(self.scheme.preview, self.A.cut)
        run = self.scheme.action_run("2024-12-31")
    def test_employee_read(self):
        self.cs["c1"].with_user(self.outsider).read()
    def test_employee_preview(self):
        with self.assertRaises(Exception):
            print(self.scheme.with_user(self.outsider).read(["preview"]))
    def test_date_after(self):
        run = self.scheme.with_user(self.manager).action_run("2024-12-31")
        run.date_to = "2023-12-31"
        self.assertEqual(run.state, "draft")
    def test_previous_other_company(self):
        other = self._make_company("Other")
        s2 = self.env["customer.grade.scheme"].create({"name":"y", "company_id": other.id})
        r2 = s2.action_run("2024-12-31")
        run = self.scheme.with_user(self.manager).action_run("2024-12-31")
        with self.assertRaises(Exception):
            run.previous_run_id = r2.id
    def test_no_grades(self):
        self.scheme.with_user(self.manager).write({"grade_ids": [(5,)]})
        run = self.scheme.with_user(self.manager).action_run("2024-12-31")
        run.action_apply()
        print(run.chart)
    def test_empty_reason(self):
        w = self.env["customer.grade.change"].with_user(self.manager).create({"partner_ids": self.cs["c1"].ids, "grade_id": self.A.id, "reason": "   "})
        with self.assertRaises(Exception):
            w.action_change()
    def test_approval_off(self):
        self.scheme.approval_required = True
        run = self.scheme.with_user(self.manager).action_run("2024-12-31")
        run.with_user(self.second_manager).action_approve()
        self.scheme.approval_required = False
        run.action_apply()
    def test_delete_grade_proposed(self):
        run = self.scheme.with_user(self.manager).action_run("2024-12-31")
        bs = run.result_ids.filtered(lambda r: r.grade_id == self.B)
        bs.write({"override_grade_id": self.A.id, "override_reason": "x"})
        with self.assertRaises(Exception):
            self.B.with_user(self.manager).unlink()
    def test_company_change(self):
        other = self._make_company("Other")
        run = self.scheme.action_run("2024-12-31")
        run.action_apply()
        with self.assertRaises(Exception):
            self.scheme.company_id = other
            print(run.company_id.name)
    def test_user_delete(self):
        run = self.scheme.with_user(self.manager).action_run("2024-12-31")
        res = run.result_ids[0].with_user(self.second_manager)
        res.write({"override_grade_id": self.C.id, "override_reason": "x"})
        self.second_manager.unlink()
        print(run.result_ids.web_read({"override_user_id": {"fields": {"display_name": {}}}})[0])
        print(run.result_ids.read(["override_user_id"])[0])
        run.action_compute()
    def test_points_max(self):
        t = self.env["customer.assessment.template"].create({"name": "t", "criterion_ids": [Command.create({"metric_id": self.env.ref("customer_management.metric_revenue").id, "scoring":"bands", "points_max":10, "band_ids": [Command.create({"limit": 0, "points": 10})]})]})
        with self.assertRaises(Exception):
            t.criterion_ids.points_max = 5
    def test_set_terms_queries(self):
        term = self.env["account.payment.term"].create({"name": "t"})
        self.scheme.set_terms = True
        self.scheme.grade_ids.payment_term_id = term
        for n in (5, 40):
            self._invoice_all({f"{n}-{i}": 10 for i in range(n)})
            run = self.scheme.with_user(self.manager).action_run("2024-12-31")
            c = self.cr.sql_log_count
            run.action_apply()
            self.env.flush_all()
            print(n, self.cr.sql_log_count - c)
    def test_nonexistent_override(self):
        run = self.scheme.with_user(self.manager).action_run("2024-12-31")
        run.result_ids[0].write({"override_grade_id": 99999999, "override_reason": "x"})
