from odoo import http
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal, pager

STEP = 20


class DealerPortal(CustomerPortal):
    """The portal of dealers: one set of routes for all pages of ``customer.dealer.page``.

    Each route asks for the dealer of the visitor first and finds everything by it; what is not there for this
    dealer is not found (404), whether it exists or not.
    """

    def _prepare_home_portal_values(self, counters):
        """Override of `portal`: dealers have a card that leads to their own home."""
        values = super()._prepare_home_portal_values(counters)
        if "dealer_count" in counters:
            values["dealer_count"] = len(request.env["customer.dealer"]._portal_dealers(request.env.user))
        return values

    def _dealer(self):
        """Return the dealer for which the visitor acts now, and all that it could; empty for anybody else."""
        dealers = request.env["customer.dealer"]._portal_dealers(request.env.user)
        chosen = dealers.filtered(lambda one: one.id == request.session.get("dealer_id"))
        return (chosen or dealers)[:1], dealers

    def _dealer_place(self, code):
        """Return the dealer and the page of an address; both, or neither."""
        dealer, _dealers = self._dealer()
        page = request.env["customer.dealer.page"]._page(code) if dealer else None
        return (dealer, page) if page is not None else (None, None)

    def _dealer_render(self, template, dealer, page=None, **values):
        return request.render(
            f"customer_channels.{template}",
            {
                **self._prepare_portal_layout_values(),
                "page_name": "dealer",
                "dealer": dealer,
                "dealer_page": page,
                **values,
            },
        )

    @http.route("/my/dealer", type="http", auth="user", website=True)
    def dealer_home(self, **_kw):
        """Show the figures and the pages of the visitor's dealer."""
        dealer, dealers = self._dealer()
        if not dealer:
            return request.not_found()
        pages = request.env["customer.dealer.page"]._pages()
        counts = {page._page_code: page._count(dealer) for page in pages}
        return self._dealer_render(
            "portal_dealer_home",
            dealer,
            dealers=dealers,
            pages=pages,
            counts=counts,
            figures=dealer._portal_figures(),
        )

    @http.route("/my/dealer/as/<int:dealer_id>", type="http", auth="user", website=True)
    def dealer_choose(self, dealer_id, **_kw):
        """Go on as another of the visitor's own dealers: a customer may be the dealer of several companies."""
        _dealer, dealers = self._dealer()
        if dealer_id not in dealers.ids:
            return request.not_found()
        request.session["dealer_id"] = dealer_id
        return request.redirect("/my/dealer")

    @http.route(
        ["/my/dealer/<string:code>", "/my/dealer/<string:code>/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
    )
    def dealer_list(self, code, page=1, sortby=None, **_kw):
        """Show the dealer's own records of a page."""
        dealer, shown = self._dealer_place(code)
        if not dealer:
            return request.not_found()
        sortby = sortby if sortby in shown._orders() else None
        pages = pager(
            url=f"/my/dealer/{code}",
            total=shown._count(dealer),
            page=page,
            step=STEP,
            url_args={"sortby": sortby} if sortby else {},
        )
        records = shown._list(dealer, sortby, STEP, pages["offset"])
        return self._dealer_render(
            "portal_dealer_list", dealer, shown, records=records, pager=pages, sortby=sortby or ""
        )

    @http.route("/my/dealer/<string:code>/<int:record_id>", type="http", auth="user", website=True)
    def dealer_detail(self, code, record_id, **_kw):
        """Show one record of the dealer."""
        dealer, page = self._dealer_place(code)
        record = page._one(dealer, record_id) if dealer and page._page_detail else None
        if not record:
            return request.not_found()
        return self._dealer_detail(dealer, page, record)

    def _dealer_detail(self, dealer, page, record, error=None, posted=None):
        return self._dealer_render(
            "portal_dealer_detail",
            dealer,
            page,
            record=record,
            steps=page._steps(record),
            error=error,
            posted=posted or {},
        )

    @http.route(
        "/my/dealer/<string:code>/<int:record_id>/<string:step>",
        type="http",
        auth="user",
        website=True,
        methods=["POST"],
    )
    def dealer_step(self, code, record_id, step, **posted):
        """Carry out what the page offers for a record."""
        dealer, page = self._dealer_place(code)
        record = page._one(dealer, record_id) if dealer else None
        names = (
            next((names for name, _label, names in page._steps(record) if name == step), None)
            if record
            else None
        )
        if names is None:
            return request.not_found()
        _done, error = page._try(
            lambda: page._step(record, step, page._read_step(dealer, record, names, posted))
        )
        if error:
            return self._dealer_detail(dealer, page, record, error, posted)
        return request.redirect(page._url(record))

    @http.route(
        "/my/dealer/<string:code>/new", type="http", auth="user", website=True, methods=["GET", "POST"]
    )
    def dealer_new(self, code, **posted):
        """Ask for a new record of a page, and make it."""
        dealer, page = self._dealer_place(code)
        if not dealer or not page._page_inputs:
            return request.not_found()
        error = None
        if request.httprequest.method == "POST":
            record, error = page._try(
                lambda: page._make(dealer, page._read(dealer, page._page_inputs, posted))
            )
            if not error:
                return request.redirect(page._url(record) or f"/my/dealer/{code}")
        return self._dealer_render("portal_dealer_new", dealer, page, error=error, posted=posted)

    @http.route(
        "/my/dealer/<string:code>/<int:record_id>/file/<int:file_id>",
        type="http",
        auth="user",
        website=True,
    )
    def dealer_file(self, code, record_id, file_id, **_kw):
        """Send a file of a record, of those that the page gives out."""
        dealer, page = self._dealer_place(code)
        record = page._one(dealer, record_id) if dealer else None
        found = page._files(record).filtered(lambda one: one.id == file_id) if record else None
        if not found:
            return request.not_found()
        stream = request.env["ir.binary"]._get_stream_from(found.sudo())
        return stream.get_response(as_attachment=True)
