// Everything public is documented: each export, and each member of it.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const HOUSE = new URL("../../kepu-wasm/", import.meta.url);
const ts = createRequire(HOUSE)("typescript");

for (const entry of ["index", "node"]) {
  test(`every name of ${entry}.d.ts says what it is`, () => {
    const file = fileURLToPath(new URL(`dist/${entry}.d.ts`, HOUSE));
    const program = ts.createProgram([file], { module: ts.ModuleKind.NodeNext, target: ts.ScriptTarget.ES2022, types: [] });
    const checker = program.getTypeChecker();
    const module = checker.getSymbolAtLocation(program.getSourceFile(file));
    const exported = checker.getExportsOfModule(module);
    const silent = [];
    const look = (symbol, name) => {
      if (symbol.getDocumentationComment(checker).length === 0) silent.push(name);
    };
    const isHidden = ({ declarations = [] }) =>
      declarations.some((declaration) => ts.getCombinedModifierFlags(declaration) & ts.ModifierFlags.Private);
    for (const alias of exported) {
      const symbol = alias.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(alias) : alias;
      look(symbol, symbol.name);
      for (const [name, member] of symbol.members ?? []) {
        const isOwn = member.flags & (ts.SymbolFlags.Property | ts.SymbolFlags.Method | ts.SymbolFlags.Accessor);
        if (isOwn && !isHidden(member)) look(member, `${symbol.name}.${name}`);
      }
    }
    assert.ok(exported.length > 30, `${exported.length} exports`);
    assert.deepEqual(silent, []);
  });
}
