/** Signatures and docstrings of exported functions, read with TypeScript's parser. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import ts from "typescript";

export interface PublicFunction {
  readonly name: string;
  /** In the file that it comes from, which is what cases go by. */
  readonly declared: string;
  /** As a caller sees it: without a body. */
  readonly signature: string;
  /** The docstring as Markdown. */
  readonly text: string;
}

/** A function by another name than it was declared with. */
interface Exported {
  readonly name: string;
  readonly declared: string;
  readonly file: string;
}

/**
 * What a file exports that can be called, from wherever it comes.
 * @param namespace as users write it before the name, such as `losses`
 * @throws Error where one says nothing of itself
 */
export function publicFunctions(file: string, namespace = ""): PublicFunction[] {
  return exportsOf(file).flatMap(({ name, declared, file: from }) => {
    const source = parse(from);
    const overloads = source.statements.flatMap((statement) => callables(statement, declared));
    const [first] = overloads;
    if (!first) return [];
    const text = docOf(first.documented, source);
    if (text === "") throw new Error(`${from}: ${declared} has no docstring`);
    const visible = overloads.length > 1 ? overloads.filter(({ call }) => !call.body) : overloads;
    const full = namespace === "" ? name : `${namespace}.${name}`;
    const signature = visible.map(({ call }) => signatureOf(full, call, source)).join("\n");
    return [{ name: full, declared, text, signature }];
  });
}

/** A declared function, or a constant that is one; and where its docstring stands. */
interface Callable {
  readonly call: ts.FunctionDeclaration | ts.ArrowFunction;
  readonly documented: ts.Node;
}

function callables(statement: ts.Statement, name: string): Callable[] {
  if (ts.isFunctionDeclaration(statement) && statement.name?.text === name)
    return [{ call: statement, documented: statement }];
  if (!ts.isVariableStatement(statement)) return [];
  return statement.declarationList.declarations.flatMap(({ name: own, initializer }) =>
    ts.isIdentifier(own) && own.text === name && initializer && ts.isArrowFunction(initializer)
      ? [{ call: initializer, documented: statement }]
      : [],
  );
}

function exportsOf(file: string): Exported[] {
  return parse(file).statements.flatMap((statement): Exported[] => {
    if (ts.isExportDeclaration(statement)) return reexports(statement, file);
    if (!isExported(statement)) return [];
    if (ts.isFunctionDeclaration(statement) && statement.name) return [own(statement.name.text, file)];
    if (!ts.isVariableStatement(statement)) return [];
    return statement.declarationList.declarations.flatMap(({ name }) =>
      ts.isIdentifier(name) ? [own(name.text, file)] : [],
    );
  });
}

const own = (name: string, file: string): Exported => ({ name, declared: name, file });

const isExported = (statement: ts.Statement): boolean =>
  ts.canHaveModifiers(statement) &&
  (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);

function reexports(
  { exportClause, isTypeOnly, moduleSpecifier }: ts.ExportDeclaration,
  file: string,
): Exported[] {
  if (isTypeOnly || !moduleSpecifier || !ts.isStringLiteral(moduleSpecifier)) return [];
  const from = join(dirname(file), moduleSpecifier.text);
  if (!exportClause) return exportsOf(from);
  if (!ts.isNamedExports(exportClause)) return [];
  return exportClause.elements
    .filter((element) => !element.isTypeOnly)
    .map(({ name, propertyName }) => ({
      name: name.text,
      declared: propertyName?.text ?? name.text,
      file: from,
    }));
}

const parse = (path: string): ts.SourceFile =>
  ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.ES2023, true);

function signatureOf(name: string, { parameters, type }: Callable["call"], source: ts.SourceFile): string {
  const written = parameters.map((parameter) => parameter.getText(source).replace(/\s+/g, " "));
  return `${name}(${written.join(", ")})${type ? `: ${type.getText(source)}` : ""}`;
}

function docOf(declaration: ts.Node, source: ts.SourceFile): string {
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
