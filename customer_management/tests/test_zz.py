from odoo.tests import tagged, Form
from odoo.fields import Command
from .test_grading_run import RunCase
from .common import TODAY
@tagged("post_install", "-at_install")
class TestX(RunCase):
    def test_changed(self):
        self._run().action_apply()
        run = self._run()
        R = self.env["customer.grade.result"].with_user(self.manager)
        self._result(run, self.carla).write({"override_grade_id": self.a.id, "override_reason": "x"})
        self.assertEqual(R.search([("run_id","=",run.id),("changed","=",True)]).partner_id, self.carla)
        self.assertEqual(len(R.search([("run_id","=",run.id),("changed","=",False)])), 2)
        self.assertEqual(len(R.search([("run_id","=",run.id),("changed","!=",True)])), 2)
        print(R._read_group([("run_id","=",run.id)], ["grade_id","previous_grade_id"], ["value:sum","__count"]))
        print(R.formatted_read_group([("run_id","=",run.id)], ["grade_id"], ["value:sum","cumulative_share:max"]))
        print(R.search([("partner_id","child_of",self.carla.id)], order="grade_id, partner_id"))
    def test_changed_noflush(self):
        self._run().action_apply()
        run = self._run()
        R = self.env["customer.grade.result"].with_user(self.manager)
        res = self._result(run, self.carla)
        self.env.flush_all()
        res.write({"override_grade_id": self.a.id, "override_reason": "x"})
        self.assertEqual(R.search([("changed","=",True)]).partner_id, self.carla)
    def test_col(self):
        p = self.env["res.partner"].with_user(self.seller).create({"name": "zz"})
        self.env.flush_all()
        self.cr.execute("select customer_grade_id from res_partner where id=%s", [p.id]); print(self.cr.fetchall())
    def test_dom(self):
        self.scheme.with_user(self.manager).write({"domain": "[('signup_type','=','x')]"})
        self.scheme.with_user(self.manager).action_run()
    def test_merge3(self):
        d = self._make_customer("d", customer_rank=0)
        run = self._run()
        self.env["base.partner.merge.automatic.wizard"]._merge([self.anna.id, self.boris.id, d.id], d)
        print([(r.partner_id.name, r.value) for r in run.result_ids])
    def test_types(self):
        run = self._run()
        for v in ("abc", [1], {"a": 1}, 1.5, True, -1):
            try:
                with self.cr.savepoint():
                    self._result(run, self.carla).write({"override_grade_id": v, "override_reason": "x"}); self.env.flush_all()
                print(v, "OK", self._result(run, self.carla).override_grade_id)
            except Exception as e: print(v, type(e), str(e)[:80])
        for v in ("abc", 0, 5, "0001-01-01", "9999-12-31", False, None):
            try:
                with self.cr.savepoint(): print(v, self.scheme.with_user(self.manager).action_run(v).date_from); self.env.flush_all()
            except Exception as e: print(v, type(e), str(e)[:80])
    def test_huge(self):
        self._invoice(self.anna, 9e15); self._invoice(self.boris, 1e14)
        run = self._run(); print([(r.value, r.share) for r in run.result_ids])
    def test_archived(self):
        self.scheme.action_archive()
        run = self._run()
    def test_export(self):
        run = self._run()
        print(run.result_ids.with_user(self.manager).export_data(["partner_id/name","value","grade_id/name","changed"])["datas"])
    def test_names(self):
        print(self.env["customer.grade.run"].new({"scheme_id": self.scheme.id, "date_to": False}).display_name)
        f = Form(self.env["customer.grade.run"].with_user(self.manager)); f.scheme_id = self.scheme; f.date_to=False; print(f.record.display_name if hasattr(f,'record') else '')
    def test_metric_code(self):
        self.env["customer.metric"].with_user(self.manager).search([("code","=","revenue")]).code = "sql"
