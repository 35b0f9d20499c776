package dev.kysera.migrations.processor.fingerprint;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a file imports.
 *
 * @param types simple names of types, and the qualified ones that they stand for
 * @param packages packages and types whose types are all imported
 * @param members names of static members, and the types that have them
 * @param holders types whose static members are all imported
 */
record Imports(
    Map<String, String> types,
    List<String> packages,
    Map<String, List<String>> members,
    List<String> holders) {

  /** Reads the imports, which stand before the first declaration. */
  static Imports of(List<Token> file) {
    Imports imports =
        new Imports(new HashMap<>(), new ArrayList<>(), new HashMap<>(), new ArrayList<>());
    int i = 0;
    while (i < file.size() && !file.get(i).is("{")) {
      boolean isImport = file.get(i).is("import") && (i == 0 || file.get(i - 1).is(";"));
      i++;
      if (isImport) {
        int end = i;
        StringBuilder name = new StringBuilder();
        while (end < file.size() && !file.get(end).is(";")) {
          name.append(file.get(end).text());
          end++;
        }
        boolean isStatic = file.get(i).is("static");
        imports.add(isStatic ? name.substring("static".length()) : name.toString(), isStatic);
        i = end;
      }
    }
    return imports;
  }

  private void add(String name, boolean isStatic) {
    int dot = name.lastIndexOf('.');
    if (dot < 0) {
      return;
    }
    String holder = name.substring(0, dot);
    String simpleName = name.substring(dot + 1);
    if (simpleName.equals("*")) {
      (isStatic ? holders : packages).add(holder);
    } else if (isStatic) {
      members.computeIfAbsent(simpleName, key -> new ArrayList<>()).add(holder);
    } else {
      types.put(simpleName, name);
    }
  }

  /** Returns the types that may have a static member, those that are named for it first. */
  List<String> holdersOf(String member) {
    List<String> named = members.get(member);
    if (named == null) {
      return holders;
    }
    List<String> all = new ArrayList<>(named);
    all.addAll(holders);
    return all;
  }
}
