import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as ts from "typescript";

/** One member of a declaration, as its source has it. */
interface Member {
  name: string;
  type: string;
  isRequired: boolean;
  /** The documentation. */
  meaning: string;
}

/** An interface, class or enum, as its source has it. */
export interface Declared {
  name: string;
  kind: "interface" | "class" | "enum";
  meaning: string;
  members: Member[];
}

type Declaration = ts.InterfaceDeclaration | ts.ClassDeclaration | ts.EnumDeclaration;

const isDeclaration = (node: ts.Statement): node is Declaration =>
  ts.isInterfaceDeclaration(node) || ts.isClassDeclaration(node) || ts.isEnumDeclaration(node);

const documentation = (node: ts.Node) =>
  ts.getTextOfJSDocComment(ts.getJSDocCommentsAndTags(node).find(ts.isJSDoc)?.comment) ?? "";

const membersOf = (declaration: Declaration): Member[] =>
  [...declaration.members].flatMap((member: ts.TypeElement | ts.ClassElement | ts.EnumMember) => {
    const isProperty = ts.isPropertySignature(member) || ts.isPropertyDeclaration(member);
    if (!isProperty && !ts.isEnumMember(member)) return [];
    return {
      name: member.name.getText(),
      type: (isProperty ? member.type?.getText() : member.initializer?.getText()) ?? "",
      isRequired: isProperty && !member.questionToken,
      meaning: documentation(member),
    };
  });

/** What a source file exports: its interfaces, classes and enums, in order. */
export const declaredIn = (file: string): Declared[] => {
  const text = readFileSync(join(__dirname, "..", file), "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  return source.statements.filter(isDeclaration).map((node) => ({
    name: node.name?.text ?? "",
    kind: ts.isEnumDeclaration(node) ? "enum" : ts.isClassDeclaration(node) ? "class" : "interface",
    meaning: documentation(node),
    members: membersOf(node),
  }));
};
