import globals from "globals";
import jsxA11y from "eslint-plugin-jsx-a11y";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

const TAURI = {
  patterns: [{ group: ["@tauri-apps/*"], message: "Only ui/src/backend/tauri.ts speaks to Tauri." }],
};

export default tseslint.config(
  { ignores: ["dist", "dist-fake", "src/paraglide", "src/backend/generated", "node_modules"] },
  ...tseslint.configs.strictTypeChecked,
  reactHooks.configs.flat["recommended-latest"],
  jsxA11y.flatConfigs.strict,
  {
    languageOptions: {
      globals: globals.browser,
      parserOptions: { projectService: { allowDefaultProject: ["eslint.config.js"] }, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "no-console": "error",
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            ...TAURI.patterns,
            {
              regex: "paraglide/(messages|runtime)",
              message: "Take sentences from useMessages(), so that the component redraws on a change of language.",
            },
          ],
        },
      ],
      "no-restricted-properties": [
        "error",
        { object: "window", property: "__TAURI_INTERNALS__" },
        { property: "innerHTML", message: "Text from a report is text." },
        { property: "dangerouslySetInnerHTML" },
      ],
      "no-restricted-syntax": [
        "error",
        { selector: "Identifier[name='__TAURI_INTERNALS__']", message: "Only ui/src/backend/tauri.ts speaks to Tauri." },
        { selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']", message: "Text from a report is text." },
        { selector: "JSXOpeningElement[name.name='style']", message: "The content policy refuses <style>." },
      ],
    },
  },
  {
    files: ["src/i18n/**", "src/errors/**", "src/**/*.test.{ts,tsx}", "src/test/**"],
    rules: { "no-restricted-imports": ["error", TAURI] },
  },
  {
    files: ["src/backend/tauri.ts", "src/backend/tauri.test.ts"],
    rules: { "no-restricted-imports": "off", "no-restricted-properties": "off", "no-restricted-syntax": "off" },
  },
  { files: ["eslint.config.js"], ...tseslint.configs.disableTypeChecked },
);
