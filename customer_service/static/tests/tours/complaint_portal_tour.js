import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("customer_complaint_portal", {
    url: "/my",
    steps: () => [
        {
            content: "The account leads to the complaints",
            trigger: ".o_portal_index_card a[href='/my/complaints']",
            run: "click",
            expectUnloadPage: true,
        },
        { trigger: "a[href='/my/complaints/new']", run: "click", expectUnloadPage: true },
        { trigger: ".o_complaint_new input[name=summary]", run: "edit Tour kettles leak" },
        { trigger: ".o_complaint_new textarea[name=description]", run: "edit All of them" },
        {
            content: "A photo comes along",
            trigger: ".o_complaint_new input[name=files]",
            run({ anchor }) {
                const files = new DataTransfer();
                files.items.add(new File(["words"], "tour.txt", { type: "text/plain" }));
                anchor.files = files.files;
            },
        },
        {
            trigger: ".o_complaint_new button[type=submit]",
            run: "click",
            expectUnloadPage: true,
        },
        { content: "It is received", trigger: ".o_complaint_page .badge:contains(Received)" },
        {
            content: "The message and its file are there",
            trigger: "#chatterRoot:shadow .o-mail-Message:contains(All of them)",
        },
        { trigger: "#chatterRoot:shadow .o-mail-Message:contains(tour.txt)" },
        {
            trigger: "#chatterRoot:shadow .o-mail-Composer-input",
            run: "edit One more thing",
        },
        {
            trigger: "#chatterRoot:shadow .o-mail-Composer button:contains(Send):enabled",
            run: "click",
        },
        {
            content: "The customer's own message is there",
            trigger: "#chatterRoot:shadow .o-mail-Message:contains(One more thing)",
        },
    ],
});
