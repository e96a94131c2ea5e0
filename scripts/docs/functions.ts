/** Signatures and docstrings of what `src/functions.ts` exports, read with TypeScript's parser. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";

export interface PublicFunction {
  readonly name: string;
  /** As a caller sees it: without a body. */
  readonly signature: string;
  /** The docstring as Markdown. */
  readonly text: string;
}

const catalogue = "src/functions.ts";

/** @throws Error where one is not declared in the file it comes from, or says nothing of itself */
export function publicFunctions(): PublicFunction[] {
  return exportsOf(catalogue).map(({ name, from }) => {
    const file = join(dirname(catalogue), from);
    const source = parse(file);
    const overloads = source.statements.filter(
      (statement): statement is ts.FunctionDeclaration =>
        ts.isFunctionDeclaration(statement) && statement.name?.text === name,
    );
    const [first] = overloads;
    if (!first) throw new Error(`${file} declares no function ${name}`);
    const text = docOf(first, source);
    if (text === "") throw new Error(`${file}: ${name} has no docstring`);
    const visible = overloads.length > 1 ? overloads.filter(({ body }) => !body) : overloads;
    return { name, text, signature: visible.map((one) => signatureOf(one, source)).join("\n") };
  });
}

function exportsOf(path: string): { name: string; from: string }[] {
  return parse(path).statements.flatMap((statement) => {
    if (!ts.isExportDeclaration(statement) || !statement.exportClause || statement.isTypeOnly) return [];
    if (!ts.isNamedExports(statement.exportClause) || !statement.moduleSpecifier) return [];
    const from = statement.moduleSpecifier;
    if (!ts.isStringLiteral(from)) return [];
    return statement.exportClause.elements
      .filter(({ isTypeOnly }) => !isTypeOnly)
      .map((element) => ({ name: element.name.text, from: from.text }));
  });
}

const parse = (path: string): ts.SourceFile =>
  ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.ES2023, true);

function signatureOf(declaration: ts.FunctionDeclaration, source: ts.SourceFile): string {
  const parameters = declaration.parameters.map((parameter) =>
    parameter.getText(source).replace(/\s+/g, " "),
  );
  const returns = declaration.type?.getText(source) ?? "void";
  return `${declaration.name?.text ?? "?"}(${parameters.join(", ")}): ${returns}`;
}

function docOf(declaration: ts.FunctionDeclaration, source: ts.SourceFile): string {
  const [doc] = ts.getJSDocCommentsAndTags(declaration).filter(ts.isJSDoc);
  if (!doc) return "";
  const body = ts.getTextOfJSDocComment(doc.comment) ?? "";
  const tags = (doc.tags ?? []).map((tag) => tagLine(tag, source)).filter((line) => line !== "");
  return [oneParagraph(body), ...(tags.length > 0 ? [tags.join("\n")] : [])].join("\n\n");
}

function tagLine(tag: ts.JSDocTag, source: ts.SourceFile): string {
  const text = oneParagraph(ts.getTextOfJSDocComment(tag.comment) ?? "");
  if (ts.isJSDocParameterTag(tag)) return `- \`${tag.name.getText(source)}\`: ${text}`;
  if (ts.isJSDocReturnTag(tag)) return `- returns ${text}`;
  // What follows @throws begins with the error's name, which the parser takes for a type.
  const whole = oneParagraph(
    tag
      .getText(source)
      .replace(/^@\w+\s*/, "")
      .replace(/\n\s*\*\s?/g, " "),
  );
  return tag.tagName.text === "throws" ? `- throws ${whole.replace(/\s*\*\/?$/, "")}` : "";
}

const oneParagraph = (text: string): string => text.replace(/[ \t]*\n[ \t]*(?=\S)/g, " ").trim();
