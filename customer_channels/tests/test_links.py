from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import new_test_user, tagged

from .dealer_case import DealerCase

# What salespeople see of their own and their team's customers only, beside our own models.
DOCUMENTS = ("account.move", "crm.lead", "customer.assessment", "sale.order", "stock.picking")
# A member of an association is known to all who work with dealers; a plan names the contracts it is in.
OPEN = {("customer.dealer.meeting", "attendee_ids")}


@tagged("post_install", "-at_install")
class TestLinks(DealerCase):
    """Nobody gets at a document by naming it in a document of his own, by a call from outside or an import."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        groups = "customer_channels.group_channel_user,sales_team.group_sale_salesman"
        cls.seller, cls.other = (
            new_test_user(cls.env, name, groups, company_id=cls.env.company.id) for name in ("one", "two")
        )
        cls.anna.user_id, cls.boris.user_id = cls.seller, cls.other
        cls.newcomer = cls.env["res.partner"].create({"name": "Newcomer Ltd", "is_company": True})
        cls.survey = cls.env["customer.assessment"].create(
            {
                "template_id": cls.env.ref("customer_channels.assessment_template_agent").id,
                "partner_id": cls.newcomer.id,
            }
        )
        cls.newcomer.user_id = cls.other

    def _as_seller(self, model):
        return self.env[model].with_user(self.seller)

    def test_the_survey_of_a_customer_of_somebody_else_is_not_linked(self):
        applications = self._as_seller("customer.dealer.application")
        values = {"partner_id": self.newcomer.id, "type_id": self.type.id}
        with self.assertRaises(AccessError):
            applications.create({**values, "assessment_id": self.survey.id})
        with self.assertRaises(AccessError):
            applications.with_context(default_assessment_id=self.survey.id).create(values)
        mine = applications.create(values)
        with self.assertRaises(AccessError):
            mine.assessment_id = self.survey
        with self.assertRaises(AccessError):
            mine.write({"assessment_id": self.survey.id})
        self.newcomer.user_id = self.seller
        mine.assessment_id = self.survey

    def test_nor_by_an_import(self):
        names = ["partner_id/.id", "type_id/.id", "assessment_id/.id"]
        row = [str(self.newcomer.id), str(self.type.id), str(self.survey.id)]
        found = self._as_seller("customer.dealer.application").load(names, [row])
        self.assertFalse(found["ids"])
        self.assertTrue(found["messages"])
        self.assertFalse(
            self.env["customer.dealer.application"].search([("partner_id", "=", self.newcomer.id)])
        )

    def test_contracts_leads_and_dealers_of_others_are_not_linked(self):
        theirs = self._contract(self.other_dealer)
        lead = self.env["crm.lead"].create(
            {"name": "Theirs", "type": "opportunity", "user_id": self.other.id, "partner_id": self.boris.id}
        )
        own = {"dealer_id": self.dealer.id}
        for model, values in (
            ("customer.dealer.exit", {**own, "reason_kind": "other", "successor_id": self.other_dealer.id}),
            ("customer.dealer.exit", {**own, "reason_kind": "other", "contract_id": theirs.id}),
            ("customer.dealer.deal", {**own, "end_customer": "Hotel", "lead_id": lead.id}),
            (
                "customer.dealer.contract",
                {
                    **own,
                    "date_from": "2025-01-01",
                    "date_to": "2025-12-31",
                    "sub_dealer_id": self.other_dealer.id,
                },
            ),
            (
                "customer.dealer.violation",
                {**own, "summary": "X", "injury_ids": [Command.create({"dealer_id": self.other_dealer.id})]},
            ),
        ):
            with self.subTest(model=model, values=values), self.assertRaises(AccessError):
                self._as_seller(model).create(values)
        with self.assertRaises(AccessError):
            self.dealer.with_user(self.seller).parent_id = self.other_dealer

    def test_the_files_of_others_are_no_proof(self):
        secret = (
            self.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": "secret.txt",
                    "raw": b"x",
                    "res_model": self.other_dealer._name,
                    "res_id": self.other_dealer.id,
                }
            )
        )
        with self.assertRaises(AccessError):
            self._as_seller("customer.dealer.contract.signing").create(
                {
                    "contract_id": self._draft_contract().id,
                    "signed_by": "Anna",
                    "scan_ids": [Command.link(secret.id)],
                }
            )

    def test_every_link_to_what_not_everybody_sees_is_checked(self):
        """A required one says whose document it is: the record rule of the document itself checks it."""
        access = self.env["ir.model.access"].with_user(self.seller)
        rules = self.env["ir.rule"].search([("groups", "!=", False)])
        open_ = set()
        for model in self.env.values():
            if not model._name.startswith("customer.dealer") or not model._auto:
                continue
            if not access.check(model._name, "create", False):
                continue
            own = " ".join(
                rules.filtered(lambda one, m=model: one.model_id.model == m._name).mapped("domain_force")
            )
            for name, field in model._fields.items():
                if (
                    field.type in ("many2one", "many2many")
                    and field.store
                    and not (field.readonly or field.related)
                    and (field.comodel_name in DOCUMENTS or field.comodel_name.startswith("customer."))
                    and field.comodel_name in rules.model_id.mapped("model")
                    and not (field.required and "user_id" in own)
                    and name not in getattr(model, "_checked_links", ())
                ):
                    open_.add((model._name, name))
        self.assertEqual(open_ - OPEN, set())
