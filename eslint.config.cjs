// Rules for JavaScript in static/: those of Odoo's own test_lint, and the common mistakes.
const js = require("@eslint/js");
const globals = require("globals");

// What Odoo's pages hold besides the browser's own names.
const HOST = { Chart: "readonly", luxon: "readonly", odoo: "readonly", owl: "readonly" };

const NO_SYNTAX = [
    {
        selector: "PrivateIdentifier",
        message: "Private members cannot be patched by another addon: use a leading underscore.",
    },
    ...["props", "template"].map((key) => ({
        selector: `ClassDeclaration[superClass.name='Component']:not(:has(ClassBody.body > PropertyDefinition[key.name='${key}'][static='true']))`,
        message: `A component declares its static ${key}.`,
    })),
    {
        selector: "CallExpression[callee.name='_t'] > :first-child[value=/(.*%s){2,}/]",
        message: "Name the placeholders of _t when there are several.",
    },
    {
        selector:
            "CallExpression[callee.name='_t'] > TemplateLiteral:first-child[expressions.length>0]",
        message: "Give values to _t as placeholders: a template literal cannot be translated.",
    },
    ...["name", "property.name"].map((place) => ({
        selector: `CallExpression[callee.object.${place}=/^notification/][callee.property.name='add'] > Literal:first-child`,
        message: "Translate what a notification says.",
    })),
];

const RULES = {
    complexity: ["error", 10],
    curly: ["error", "all"],
    eqeqeq: ["error", "always"],
    "arrow-body-style": ["error", "as-needed"],
    "array-callback-return": "error",
    "dot-notation": "error",
    "no-alert": "error",
    "no-console": ["error", { allow: ["error", "warn"] }],
    "no-duplicate-imports": "error",
    "no-else-return": "error",
    "no-eval": "error",
    "no-extend-native": "error",
    "no-implied-eval": "error",
    "no-lonely-if": "error",
    "no-new-func": "error",
    "no-restricted-globals": ["error", "event", "self"],
    "no-restricted-syntax": ["error", ...NO_SYNTAX],
    "no-self-compare": "error",
    "no-shadow": "error",
    "no-template-curly-in-string": "error",
    "no-throw-literal": "error",
    "no-unneeded-ternary": "error",
    "no-unused-expressions": "error",
    "no-unused-vars": ["error", { args: "none", caughtErrors: "all" }],
    "no-useless-concat": "error",
    "no-useless-rename": "error",
    "no-useless-return": "error",
    "no-var": "error",
    "no-warning-comments": ["error", { terms: ["todo", "fixme", "xxx", "hack"] }],
    "object-shorthand": "error",
    "prefer-const": ["error", { destructuring: "all", ignoreReadBeforeAssign: true }],
    radix: "error",
    yoda: "error",
};

module.exports = [
    { ignores: ["**/static/lib/**", "**/node_modules/**"] },
    js.configs.recommended,
    {
        files: ["*/static/**/*.js"],
        languageOptions: {
            ecmaVersion: 2022,
            sourceType: "module",
            globals: { ...globals.browser, ...HOST },
        },
        linterOptions: { reportUnusedDisableDirectives: "error" },
        rules: RULES,
    },
    {
        files: ["*.cjs"],
        languageOptions: { sourceType: "commonjs", globals: globals.node },
        rules: RULES,
    },
];
