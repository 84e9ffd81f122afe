// The XML plugin lies beside Prettier: in node_modules, or in the folder that ./dev lint puts on NODE_PATH.
module.exports = {
    plugins: [require.resolve("@prettier/plugin-xml")],
    printWidth: 100,
    trailingComma: "es5",
    // Words stay as they are written: a blank inside a template shows on paper.
    xmlWhitespaceSensitivity: "preserve",
};
