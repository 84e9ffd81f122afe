from odoo import api, fields, models
from odoo.fields import Command

from ..exceptions import ApprovalRuleError


class CustomerApproval(models.Model):
    """Submitting: which steps a document has to pass, and who is asked."""

    _inherit = "customer.approval"

    @api.model
    def _open_round(self, documents):
        """Make the rows of a submission and return the documents that need no approval at all.

        :param documents: drafts of one model, in the engine's environment
        :raises ApprovalRuleError: when a step is left without anybody who may decide it
        """
        rules = self.env["customer.approval.rule"]._match(documents)
        rounds = self._next_rounds(documents)
        readers = self._readers(documents, rules)
        vals_list = []
        for document in documents:
            common = self._common_values(document, rounds[document.id])
            if not rules[document]:
                vals_list.append({**common, **self._none_needed_values()})
            first = rules[document][:1].sequence
            for rule in rules[document]:
                approvers, barred = self._resolve(rule, document, readers)
                vals_list.append(
                    {**common, **self._step_values(rule, approvers, barred, rule.sequence == first)}
                )
        rows = self._record(vals_list)
        rows._ask()
        return documents.filtered(lambda document: not rules[document])

    def _next_rounds(self, documents):
        groups = self._read_group(
            [("res_model", "=", documents._name), ("res_id", "in", documents.ids)], ["res_id"], ["round:max"]
        )
        last = dict(groups)
        return {document.id: last.get(document.id, 0) + 1 for document in documents}

    @api.model
    def _common_values(self, document, number):
        amount, currency = document._approval_amount()
        return {
            "res_model": document._name,
            "res_model_id": self.env["ir.model"]._get_id(document._name),
            "res_id": document.id,
            "subject": document.display_name,
            "round": number,
            "requester_id": self.env.uid,
            "amount": amount,
            "currency_id": currency.id,
            "company_id": document._approval_company().id,
        }

    @api.model
    def _none_needed_values(self):
        return {
            "state": "none_needed",
            "name": self.env._("No rule asks for an approval"),
            "sequence": 0,
            "rule_id": False,
            "approver_ids": [],
            "barred_ids": [],
            "allow_requester": False,
            "days": 0,
            "requested_on": fields.Datetime.now(),
            "deadline": False,
            "decided_on": fields.Datetime.now(),
        }

    @api.model
    def _step_values(self, rule, approvers, barred, turn):
        return {
            "state": "pending" if turn else "waiting",
            "name": rule.name,
            "sequence": rule.sequence,
            "rule_id": rule.id,
            "approver_ids": [Command.set(approvers.ids)],
            "barred_ids": [Command.set(barred.ids)],
            "allow_requester": rule.allow_requester,
            "days": rule.days,
            **self._turn_values(rule.days if turn else None),
        }

    @api.model
    def _turn_values(self, days):
        """Return when a step was asked for and is due; with None, its turn comes later."""
        if days is None:
            return {"requested_on": False, "deadline": False}
        today = fields.Date.context_today(self)
        return {"requested_on": fields.Datetime.now(), "deadline": fields.Date.add(today, days=days)}

    @api.model
    def _readers(self, documents, rules):
        """Return which of the documents each person named by the rules may read: ``{user: documents}``.

        One question for each person, whatever the number of documents.
        """
        asked = {}
        for document in documents:
            for rule in rules[document]:
                for user in rule._candidates(document):
                    asked.setdefault(user, set()).add(document.id)
        found = {}
        for user, ids in asked.items():
            usable = user.active and not user.share
            records = documents.browse(ids if usable else ())
            theirs = records.filtered(lambda doc, user=user: doc._approval_company() in user.company_ids)
            own = theirs.with_user(user).with_context(allowed_company_ids=user.company_ids.ids)
            found[user] = set(own._filtered_access("read").ids)
        return found

    @api.model
    def _resolve(self, rule, document, readers):
        """Return who may decide a step of a document, and who may not even as a stand-in.

        :raises ApprovalRuleError: when nobody is left
        """
        barred = self.env["res.users"] if rule.allow_requester else document._approval_authors()
        candidates = rule._candidates(document)
        others = candidates - barred
        approvers = others.filtered(lambda user: document.id in readers[user])
        if approvers:
            return approvers, barred
        if not candidates:
            why = self.env._("The rule names nobody for it.")
        elif not others:
            why = self.env._(
                "The rule names only %s, who made or submitted it: somebody else has to decide.",
                ", ".join(candidates.mapped("name")),
            )
        else:
            why = self.env._(
                "The rule names %s, who has no right to read it in its company.",
                ", ".join(others.mapped("name")[:5]),
            )
        raise ApprovalRuleError(
            self.env._(
                "“%(document)s” cannot be submitted: nobody can decide the step “%(rule)s”. %(why)s Have a "
                "manager name somebody else under Configuration > Approval Rules.",
                document=document.display_name,
                rule=rule.name,
                why=why,
            )
        )
