from psycopg2.errors import CheckViolation, UniqueViolation

from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from odoo.addons.base.tests.common import BaseCommon


@tagged("post_install", "-at_install")
class TestComplaintKind(BaseCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Kind = cls.env["customer.complaint.kind"]
        cls.kind = cls.Kind.create({"name": "Smell", "code": "smell", "default_days": 4})

    def test_a_kind_is_made_on_its_form(self):
        with Form(self.Kind) as form:
            form.name = "Noise"
            form.code = "noise"
            form.evidence_required = "A recording"
        self.assertRecordValues(
            form.record, [{"code": "noise", "default_days": 7, "evidence_required": "A recording"}]
        )

    def test_a_code_is_unique_in_a_company_and_among_shared_kinds(self):
        for company in (self.env["res.company"], self.env.company):
            values = {"name": "Twice", "code": "twice", "company_id": company.id}
            with self.subTest(company=company.name):
                self.Kind.create(values)
                with mute_logger("odoo.sql_db"), self.assertRaises(UniqueViolation), self.env.cr.savepoint():
                    self.Kind.create(values)

    def test_the_days_to_resolve_are_at_least_one(self):
        self.kind.default_days = 1
        self.env.flush_all()
        for days in (0, -1):
            with mute_logger("odoo.sql_db"), self.assertRaises(CheckViolation), self.env.cr.savepoint():
                self.kind.default_days = days
                self.env.flush_all()
            self.kind.invalidate_recordset()

    def test_a_copy_gets_a_code_and_a_name_of_its_own(self):
        first = self.kind.copy()
        second = self.kind.copy()
        self.assertEqual((first + second).mapped("code"), ["smell-2", "smell-3"])
        self.assertEqual(first.name, "Smell (copy)")
        self.assertEqual(self.kind.copy({"code": "odour", "name": "Odour"}).name, "Odour")

    def test_the_kinds_of_the_handbook_are_there_in_three_languages(self):
        self.env["res.lang"]._activate_lang("zh_CN")
        self.env["res.lang"]._activate_lang("zh_TW")
        module = self.env["ir.module.module"].search([("name", "=", "customer_service")])
        module._update_translations(["zh_CN", "zh_TW"])
        names = {
            "quality": ("Quality", "质量", "品質"),
            "quantity_short": ("Quantity Short", "数量短缺", "數量短缺"),
            "late_delivery": ("Late Delivery", "交货延误", "交貨延誤"),
            "wrong_goods": ("Wrong Goods", "发错货", "發錯貨"),
            "price_invoice": ("Price / Invoice", "价格/发票", "價格/發票"),
            "service_attitude": ("Service Attitude", "服务态度", "服務態度"),
            "transit_damage": ("Damage in Transit", "运输损坏", "運輸損壞"),
            "other": ("Other", "其他", "其他"),
        }
        for code, expected in names.items():
            record = self.env.ref(f"customer_service.complaint_kind_{code}")
            found = [record.with_context(lang=lang).name for lang in ("en_US", "zh_CN", "zh_TW")]
            self.assertEqual(found, list(expected))
