from odoo import SUPERUSER_ID, http
from odoo.exceptions import AccessError, MissingError, UserError, ValidationError
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal, pager

from ..tools import mail_words

WAITING = [("waiting_since", "!=", False)]


class ComplaintPortal(CustomerPortal):
    """A customer's own complaints: found by its company, or by the link that it was sent.

    What is neither is not found (404), whether it exists or not. The host joins all portals into one class, so that
    each method has a name that no other portal uses.
    """

    def _prepare_home_portal_values(self, counters):
        """Override of `portal`: the card of complaints with their number."""
        values = super()._prepare_home_portal_values(counters)
        if "complaint_count" in counters:
            complaints = request.env["customer.complaint"].sudo()
            values["complaint_count"] = complaints.search_count(complaints._portal_domain(request.env.user))
        return values

    def _prepare_portal_layout_values(self):
        """Override of `portal`: whether this visitor may complain here."""
        customer = request.env["customer.complaint"]._portal_customer(request.env.user)
        return {**super()._prepare_portal_layout_values(), "complaint_portal": bool(customer)}

    def _complaint_found(self, complaint_id, access_token=None):
        """Return a complaint as the system: one of the visitor's company, or of which it holds the link."""
        complaints = request.env["customer.complaint"].sudo()
        own = complaints._portal_domain(request.env.user) & Domain("id", "=", complaint_id)
        found = complaints.search(own)
        if not found and access_token:
            try:
                found = self._document_check_access("customer.complaint", complaint_id, access_token)
            except (AccessError, MissingError):
                return complaints
        if found and not found.company_id.complaint_portal:
            return complaints
        return found.with_context(lang=request.env.lang, tz=request.env.user.tz)

    def _complaint_files(self):
        """Return name and content of each file that was sent."""
        sent = request.httprequest.files.getlist("files")
        return [(one.filename, one.read()) for one in sent if one.filename]

    def _complaint_try(self, act):
        """Do something as a whole; return its result and what was wrong with it, in words."""
        try:
            with request.env.cr.savepoint():
                return act(), None
        except (UserError, ValidationError, AccessError) as error:
            return None, error.args[0]

    @http.route(["/my/complaints", "/my/complaints/page/<int:page>"], type="http", auth="user", website=True)
    def complaint_list(self, page=1, sortby=None, filterby=None, search=None, **_kw):
        """Show the complaints of the visitor's company."""
        complaints = request.env["customer.complaint"].sudo().with_context(lang=request.env.lang)
        sortings, filters = self._complaint_sortings(), self._complaint_filters()
        sortby = sortby if sortby in sortings else "date"
        filterby = filterby if filterby in filters else "all"
        domain = complaints._portal_domain(request.env.user) & Domain(filters[filterby]["domain"])
        search = mail_words.plain(search)
        if search:
            domain &= Domain("name", "ilike", search) | Domain("summary", "ilike", search)
        arguments = {"sortby": sortby, "filterby": filterby, "search": search}
        pages = pager(
            url="/my/complaints",
            url_args=arguments,
            total=complaints.search_count(domain),
            page=page,
            step=self._items_per_page,
        )
        found = complaints.search(
            domain, order=sortings[sortby]["order"], limit=self._items_per_page, offset=pages["offset"]
        )
        request.session["my_complaints_history"] = found.ids[:100]
        values = {
            **self._prepare_portal_layout_values(),
            **arguments,
            "page_name": "complaint",
            "complaints": found,
            "pager": pages,
            "default_url": "/my/complaints",
            "searchbar_sortings": sortings,
            "searchbar_filters": filters,
            "searchbar_inputs": {"all": {"input": "all", "label": request.env._("Number or subject")}},
            "search_in": "all",
        }
        return request.render("customer_service.portal_complaint_list", values)

    def _complaint_sortings(self):
        return {
            "date": {"label": request.env._("Newest"), "order": "date_received desc, id desc"},
            "name": {"label": request.env._("Number"), "order": "name"},
            "stage": {"label": request.env._("Progress"), "order": "stage, date_received desc"},
        }

    def _complaint_filters(self):
        return {
            "all": {"label": request.env._("All"), "domain": []},
            "open": {"label": request.env._("Open"), "domain": [("stage", "!=", "closed")]},
            "waiting": {
                "label": request.env._("Waiting for Your Answer"),
                "domain": WAITING,
            },
            "closed": {"label": request.env._("Closed"), "domain": [("stage", "=", "closed")]},
        }

    @http.route("/my/complaints/<int:complaint_id>", type="http", auth="public", website=True)
    def complaint_detail(self, complaint_id, access_token=None, **kwargs):
        """Show one complaint, to who may see it."""
        complaint = self._complaint_found(complaint_id, access_token)
        if not complaint:
            return request.not_found()
        return self._complaint_page(complaint, access_token, **kwargs)

    def _complaint_page(self, complaint, access_token=None, error=None, posted=None, **kwargs):
        values = {
            **self._prepare_portal_layout_values(),
            "page_name": "complaint",
            "complaint": complaint,
            "form_token": access_token or "",
            "offer": complaint.with_user(SUPERUSER_ID).with_context(lang=request.env.lang)._portal_offer(),
            "actions": complaint._portal_actions(),
            "posted": posted or {},
        }
        values = self._get_page_view_values(
            complaint, access_token, values, "my_complaints_history", False, **kwargs
        )
        # Customers have no rights on the model: the chatter finds the complaint by its own token.
        values.update(token=complaint._portal_ensure_token(), error=error)
        return request.render("customer_service.portal_complaint_detail", values)

    @http.route(
        "/my/complaints/<int:complaint_id>/<string:action>",
        type="http",
        auth="public",
        website=True,
        methods=["POST"],
    )
    def complaint_act(self, complaint_id, action, access_token=None, text="", **_kw):
        """Answer, withdraw, accept or refuse, as the page offers."""
        complaint, user = self._complaint_found(complaint_id, access_token), request.env.user
        # Somebody else who was sent the link, and has a name here, may read and not act for the customer.
        if not complaint or not (
            user._is_public() or complaint.filtered_domain(complaint._portal_domain(user))
        ):
            return request.not_found()
        files = self._complaint_files()
        _done, error = self._complaint_try(lambda: complaint._portal_act(action, text, files))
        if error:
            complaint.invalidate_recordset()
            return self._complaint_page(complaint, access_token, error, {"text": text})
        query = f"?access_token={access_token}" if access_token else ""
        return request.redirect(f"/my/complaints/{complaint.id}{query}")

    @http.route("/my/complaints/new", type="http", auth="user", website=True, methods=["GET", "POST"])
    def complaint_new(self, **posted):
        """Ask for a new complaint, and take it in."""
        complaints, user = request.env["customer.complaint"].sudo(), request.env.user
        if not complaints._portal_customer(user):
            return request.not_found()
        error = None
        if request.httprequest.method == "POST":
            files = self._complaint_files()
            complaint, error = self._complaint_try(lambda: complaints._portal_new(user, posted, files))
            if not error:
                return request.redirect(f"/my/complaints/{complaint.id}")
        company = user.sudo().company_id
        values = {
            **self._prepare_portal_layout_values(),
            "page_name": "complaint",
            "complaint_new": True,
            "choices": complaints.with_context(lang=request.env.lang)._portal_choices(user),
            "company": company,
            "posted": posted,
            "error": error,
        }
        return request.render("customer_service.portal_complaint_new", values)
