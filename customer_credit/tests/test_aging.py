import time
from odoo.tests import tagged
from .common import AgingCase

@tagged("post_install", "-at_install")
class TestAging(AgingCase):
    @classmethod
    def setUpClass(cls):
        t=time.time(); super().setUpClass(); print("SETUP", time.time()-t)
        t=time.time(); cls.other = cls.setup_other_company(); print("OTHER", time.time()-t)

    def test_x(self):
        print(self.env.user.login, self.env.companies.mapped("name"), self.env.user.group_ids.mapped("display_name"))
        for i in range(5):
            t=time.time(); inv = self._create_invoice_one_line(price_unit=100, partner_id=self.anna, invoice_date="2024-01-10", tax_ids=self.env["account.tax"], post=True); print("INV", time.time()-t)
            t=time.time(); pay=self.env["account.payment"].create({"payment_type":"inbound","partner_type":"customer","partner_id":self.anna.id,"amount":50,"date":"2024-02-01"}); pay.action_post(); print("PAY", time.time()-t)
            t=time.time(); (inv.line_ids+pay.move_id.line_ids).filtered(lambda l:l.account_id.account_type=="asset_receivable").reconcile(); self.env.flush_all(); print("REC", time.time()-t)
        t=time.time()
        r=self.env["customer.aging.report"].create({"date_to":"2024-02-01","bucket_set_id":self.buckets.id}); r.action_compute()
        print("COMP", time.time()-t, r.total, r.is_equal)
        t=time.time(); n=self.cr.sql_log_count
        r.date_to="2024-03-01"; r.action_compute()
        print("COMP", time.time()-t, self.cr.sql_log_count-n)
        t=time.time()
        n=self.cr.sql_log_count
        r.line_ids.read(["amount_residual"]); print("READ", time.time()-t, self.cr.sql_log_count-n)
