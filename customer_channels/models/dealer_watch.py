from odoo import api, fields, models

from ..exceptions import DealerFlagError


class CustomerDealerWatch(models.AbstractModel):
    """Looks at orders and deliveries of dealers: where the goods go, and at which price.

    The number of queries does not depend on the number of documents.
    """

    _name = "customer.dealer.watch"
    _description = "Watch Over Orders of Dealers"

    @api.model
    def _findings(self, documents):
        """Return what is outside of what the contracts allow, as values of ``customer.dealer.flag``.

        A customer without a contract in force, and a contract without a territory or floors, are not watched here.

        :param documents: orders or deliveries
        """
        findings = []
        for company, records in documents.sudo().grouped(lambda one: one.company_id.root_id).items():
            actions = {
                "territory": company.customer_dealer_territory_action,
                "floor": company.customer_dealer_floor_action,
            }
            if set(actions.values()) == {"off"}:
                continue
            contracts = self._contracts(records, company)
            if contracts:
                found = self._territory(records, contracts, company) if actions["territory"] != "off" else []
                if actions["floor"] != "off":
                    found += self._floors(records, contracts)
                findings += found
        return findings

    @api.model
    def _contracts(self, records, company):
        """Return the contract in force of each document that has one: ``{document: contract}``."""
        dealers = self.env["customer.dealer"]._of(records.partner_id, company)
        them = self.env["customer.dealer"].sudo().union(*dealers.values())
        if not them:
            return {}
        bound = self.env["customer.dealer.contract"]._on(them, fields.Date.context_today(self))
        found = {}
        for record in records:
            dealer = dealers.get(record.partner_id.id)
            if dealer and bound.get(dealer.id):
                found[record] = bound[dealer.id]
        return found

    @api.model
    def _territory(self, records, contracts, company):
        """Return what goes to a place outside the territory of the contract, or with goods that it leaves out."""
        watched = [record for record, contract in contracts.items() if contract.territory_ids]
        places = {record: record._dealer_ship_to() for record in watched}
        places = {
            record: place
            for record, place in places.items()
            if place.city or place.zip or place.state_id or place.country_id
        }
        if not places:
            return []
        addresses = records.env["res.partner"].union(*places.values())
        areas = self.env["customer.area"]._locate(addresses, company)
        findings = []
        for record, place in places.items():
            area = areas[place.id]
            outside = [
                (product, amount)
                for product, amount in record._dealer_goods()
                if not self._allowed(contracts[record], area, product)
            ]
            if outside:
                findings.append(self._territory_finding(record, contracts[record], area, place, outside))
        return findings

    @api.model
    def _allowed(self, contract, area, product):
        """Return whether a contract lets its dealer have a product in an area."""
        place, goods = area.parent_path or "", product.categ_id.parent_path or ""
        return any(
            place.startswith(line.area_id.parent_path)
            and (not line.categ_id or goods.startswith(line.categ_id.parent_path))
            for line in contract.territory_ids
        )

    @api.model
    def _territory_finding(self, record, contract, area, place, outside):
        names = ", ".join(dict.fromkeys(product.display_name for product, _amount in outside[:3]))
        return {
            "dealer_id": contract.dealer_id.id,
            **record._dealer_reference(),
            "kind": "territory",
            "area_id": area.id,
            "text": self.env._(
                "%(document)s: %(goods)s to %(place)s, outside the territory of %(contract)s",
                document=record.display_name,
                goods=names,
                place=area.complete_name or place.city or place.display_name,
                contract=contract.name,
            ),
            "amount": sum(amount for _product, amount in outside),
            "key": f"territory:{area.id or place.id}",
        }

    @api.model
    def _floors(self, records, contracts):
        """Return the order lines below the lowest price of the contract."""
        findings = []
        for record in records:
            floors = contracts[record].price_floor_ids if record in contracts else None
            if not floors:
                continue
            for product, price, amount in record._dealer_prices():
                floor = floors._of(product)
                if floor and floor.currency_id.compare_amounts(price, floor.price) < 0:
                    findings.append(
                        self._floor_finding(record, contracts[record], product, floor, price, amount)
                    )
        return findings

    @api.model
    def _floor_finding(self, record, contract, product, floor, price, amount):
        currency = floor.currency_id
        return {
            "dealer_id": contract.dealer_id.id,
            **record._dealer_reference(),
            "kind": "floor",
            "area_id": False,
            "text": self.env._(
                "%(document)s: %(product)s at %(price)s, below the floor of %(floor)s",
                document=record.display_name,
                product=product.display_name,
                price=currency.format(price),
                floor=currency.format(floor.price),
            ),
            "amount": amount,
            "key": f"floor:{product.id}:{currency.round(price):.2f}",
        }

    @api.model
    def _watch(self, documents):
        """Stop or flag what is outside of what the contracts allow, as the company has set it.

        :raises DealerFlagError: naming what is stopped and nobody has consented to
        """
        findings = self._findings(documents)
        if not findings:
            return
        flags = self.env["customer.dealer.flag"]
        agreed = flags._known(findings, ["consented", "dismissed"])
        dealers = self.env["customer.dealer"].sudo().browse({one["dealer_id"] for one in findings})
        companies = {dealer.id: dealer.company_id for dealer in dealers}
        stopped = [
            finding
            for finding in findings
            if companies[finding["dealer_id"]][f"customer_dealer_{finding['kind']}_action"] == "stop"
            and flags._place(finding) not in agreed
        ]
        if stopped:
            raise DealerFlagError(
                self.env._("Stopped. Change the order, or have a manager of channels consent to it there:")
                + "".join(f"\n• {finding['text']}" for finding in stopped[:5])
            )
        flags._record(findings)
