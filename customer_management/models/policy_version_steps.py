from odoo import api, fields, models

from ..exceptions import PolicyVersionError

# In which languages a version is frozen, of those that are installed.
LANGUAGES = ("en_US", "zh_CN", "zh_TW")


class CustomerPolicyVersion(models.Model):
    """The life of a version: take the text, submit, approve, print, be read."""

    _inherit = "customer.policy.version"

    def _languages(self):
        """Return the languages that a version is frozen in."""
        installed = {code for code, _name in self.env["res.lang"].get_installed()}
        return [code for code in LANGUAGES if code in installed] or [self.env.lang or "en_US"]

    def _rendered(self):
        """Return the text of the policy as the settings are now: ``{language: text}``."""
        policy, company = self.policy_id, self.company_id
        return {lang: str(policy.with_context(lang=lang)._render_body(company)) for lang in self._languages()}

    def _take_text(self):
        """Freeze the text as the settings are now."""
        for version in self:
            version._approval_write({"bodies": version._rendered()})

    def _is_stale(self):
        """Return whether the settings say something else today than the version does."""
        self.ensure_one()
        bodies = self.bodies or {}
        now = self._rendered()
        return any(bodies[lang] != text for lang, text in now.items() if lang in bodies)

    def action_take_text(self):
        """Take the text of the policy as the settings are now.

        :raises PolicyVersionError: when the version is submitted or approved
        """
        self.check_access("write")
        for version in self:
            if version.approval_state != "draft":
                raise PolicyVersionError(
                    self.env._(
                        "“%s” has been submitted: its text is frozen. Withdraw it, or make a new version.",
                        version.display_name,
                    )
                )
        self._take_text()

    def _approval_check(self):
        """Override of the approval mixin: a version needs a text, and says what it reads today."""
        for version in self:
            if not any((version.bodies or {}).values()):
                raise PolicyVersionError(
                    self.env._(
                        "“%s” has no text. Write the text of the policy, then take it over.",
                        version.display_name,
                    )
                )
            version._take_text()
        return super()._approval_check()

    def _approval_granted(self):
        """Override of the approval mixin to ask the readers to read, and to have the PDF kept."""
        for version in self:
            version._ask_readers()
        # A PDF takes seconds in each language: whoever approves does not wait for it.
        self.env.ref("customer_management.policy_cron_keep_pdf")._trigger()
        return super()._approval_granted()

    @api.model
    def _cron_keep_pdf(self):
        """Store the approved versions that have no PDF yet; can be stopped and run again."""
        domain = [("approval_state", "=", "approved"), ("attachment_ids", "=", False)]
        versions = self.search(domain)
        for left, version in zip(range(len(versions) - 1, -1, -1), versions, strict=True):
            version._keep_pdf()
            self.env["ir.cron"]._commit_progress(1, remaining=left)

    def _keep_pdf(self):
        """Store the version as PDF in each of its languages."""
        report = self.env["ir.actions.report"].sudo()
        values = []
        for lang in self.bodies:
            version = self.with_context(lang=lang)
            content, _kind = report.with_context(lang=lang)._render_qweb_pdf(
                "customer_management.policy_version_action_print", version.ids
            )
            values.append(
                {
                    "name": f"{version.display_name} ({lang}).pdf".replace("/", "-"),
                    "raw": content,
                    "mimetype": "application/pdf",
                    "res_model": self._name,
                    "res_id": self.id,
                }
            )
        self._approval_write(
            {"attachment_ids": [(6, 0, self.env["ir.attachment"].sudo().create(values).ids)]}
        )

    def _ask_readers(self):
        """Ask everybody of the policy's groups in the company to read the version."""
        readers = self.policy_id.sudo().group_ids.all_user_ids.filtered(
            lambda user: user.active and not user.share and self.company_id in user.company_ids
        )
        receipts = self.env["customer.policy.receipt"].sudo()
        asked = receipts.search([("version_id", "=", self.id)]).user_id
        receipts.create([{"version_id": self.id, "user_id": user.id} for user in readers - asked])

    def action_ask_readers(self):
        """Ask the people who came into the policy's groups since."""
        self.check_access("write")
        for version in self.filtered(lambda version: version.approval_state == "approved"):
            version._ask_readers()

    def action_confirm_read(self):
        """Confirm that the current user has read these versions.

        :raises PolicyVersionError: when a version was never approved, or the user was not asked
        """
        receipts = self.env["customer.policy.receipt"].sudo()
        for version in self:
            mine = receipts.search([("version_id", "=", version.id), ("user_id", "=", self.env.uid)])
            if not mine:
                raise PolicyVersionError(
                    self.env._("You are not among the readers of “%s”.", version.display_name)
                )
            mine.filtered(lambda receipt: not receipt.read_on).read_on = fields.Datetime.now()

    def action_open_receipts(self):
        """Show who has read the version and who has not."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id("customer_management.policy_receipt_action")
        return {**action, "domain": [("version_id", "=", self.id)]}
