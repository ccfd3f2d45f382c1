import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as ts from "typescript";

/** A member of a declaration in a source file. */
interface Member {
  name: string;
  type: string;
  isRequired: boolean;
  /** The documentation, without its tags. */
  meaning: string;
  /** Text of the tag `@default`, or nothing. */
  default: string;
  /** Text of the tag `@example`, or nothing. */
  example: string;
}

/** An interface, class or enum in a source file. */
export interface Declared {
  name: string;
  kind: "interface" | "class" | "enum";
  meaning: string;
  members: Member[];
}

type Declaration = ts.InterfaceDeclaration | ts.ClassDeclaration;

const isDeclaration = (node: ts.Statement): node is Declaration =>
  ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node);

const documentation = (node: ts.Node) =>
  ts.getTextOfJSDocComment(ts.getJSDocCommentsAndTags(node).find(ts.isJSDoc)?.comment) ?? "";

/** Returns the text of a documentation tag, on one line; "" if there is none. */
const tagOf = (node: ts.Node, name: string): string => {
  const tag = ts.getJSDocTags(node).find(({ tagName }) => tagName.text === name);
  return (ts.getTextOfJSDocComment(tag?.comment) ?? "").replaceAll(/\s*\n\s*/g, " ");
};

const membersOf = (declaration: Declaration): Member[] =>
  [...declaration.members].flatMap((member: ts.TypeElement | ts.ClassElement) => {
    if (!ts.isPropertySignature(member) && !ts.isPropertyDeclaration(member)) return [];
    return {
      name: member.name.getText(),
      type: member.type?.getText() ?? "",
      isRequired: !member.questionToken,
      meaning: documentation(member),
      default: tagOf(member, "default"),
      example: tagOf(member, "example"),
    };
  });

/** Reads a constant object that serves as an enum: `const Ingestion = { … } as const`. */
const enumIn = (node: ts.VariableStatement): Declared[] => {
  const [{ name, initializer }] = node.declarationList.declarations;
  if (!initializer || !ts.isAsExpression(initializer)) return [];
  const { expression } = initializer;
  if (!ts.isObjectLiteralExpression(expression)) return [];
  const members = expression.properties.filter(ts.isPropertyAssignment).map((property) => ({
    name: property.name.getText(),
    type: property.initializer.getText(),
    isRequired: false,
    meaning: documentation(property),
    default: "",
    example: "",
  }));
  return [{ name: name.getText(), kind: "enum", meaning: documentation(node), members }];
};

/** Returns a source file's interfaces, classes and enums, in order. */
export const declaredIn = (file: string): Declared[] => {
  const text = readFileSync(join(__dirname, "../..", file), "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  return source.statements.flatMap((node): Declared[] => {
    if (ts.isVariableStatement(node)) return enumIn(node);
    if (!isDeclaration(node)) return [];
    const kind = ts.isClassDeclaration(node) ? "class" : "interface";
    const name = node.name?.text ?? "";
    return [{ name, kind, meaning: documentation(node), members: membersOf(node) }];
  });
};
