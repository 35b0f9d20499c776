package dev.kysera.migrations.processor;

import static javax.lang.model.element.Modifier.FINAL;
import static javax.lang.model.element.Modifier.PRIVATE;
import static javax.lang.model.element.Modifier.STATIC;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;

/**
 * A run of neighbouring migrations, small enough for one class file: a method holds 64 KB of code,
 * and a class 65,535 constants.
 *
 * @param index its place among the parts, counted from 0
 */
record RegistryPart(int index, List<RegistryModel.Entry> entries) {

  /** From so many migrations on, a registry is divided. */
  static final int SIZE = 1000;

  static List<RegistryPart> partsOf(List<RegistryModel.Entry> entries) {
    List<RegistryPart> parts = new ArrayList<>();
    for (int from = 0; from < entries.size(); from += SIZE) {
      int to = Math.min(from + SIZE, entries.size());
      parts.add(new RegistryPart(parts.size(), entries.subList(from, to)));
    }
    return parts;
  }

  String name() {
    return "Part" + index;
  }

  TypeSpec nestedClass() {
    int first = index * SIZE;
    return TypeSpec.classBuilder(name())
        .addJavadoc("The migrations at positions $L to $L.", first, first + entries.size() - 1)
        .addModifiers(PRIVATE, STATIC, FINAL)
        .addMethod(defineMethod(first))
        .addMethod(createMethod(entries, first, STATIC))
        .build();
  }

  private MethodSpec defineMethod(int first) {
    CodeBlock.Builder statements = CodeBlock.builder();
    for (int i = 0; i < entries.size(); i++) {
      statements.add("definitions[$L] = ", first + i).add(definition(entries.get(i))).add(";\n");
    }
    return MethodSpec.methodBuilder("define")
        .addModifiers(STATIC)
        .addParameter(ArrayTypeName.of(RuntimeTypes.MIGRATION_DEFINITION), "definitions")
        .addCode(statements.build())
        .build();
  }

  /** The expression that defines one migration, without what it has by default. */
  static CodeBlock definition(RegistryModel.Entry entry) {
    return CodeBlock.builder()
        .add(
            "$T.of($L)",
            RuntimeTypes.MIGRATION_DEFINITION,
            StringLiteral.of(entry.declaration().name()))
        .add(CodeLines.continued(additions(entry), ""))
        .build();
  }

  private static List<CodeBlock> additions(RegistryModel.Entry entry) {
    MigrationDeclaration declaration = entry.declaration();
    List<CodeBlock> additions = new ArrayList<>();
    if (!declaration.description().isEmpty()) {
      additions.add(
          CodeBlock.of(".withDescription($L)", StringLiteral.of(declaration.description())));
    }
    if (declaration.breaking()) {
      additions.add(CodeBlock.of(".asBreaking()"));
    }
    if (declaration.estimatedMillis() != 0) {
      additions.add(
          CodeBlock.of(
              ".withEstimated($T.ofMillis($L))",
              RuntimeTypes.DURATION,
              longLiteral(declaration.estimatedMillis())));
    }
    if (!declaration.transactional()) {
      additions.add(CodeBlock.of(".asNonTransactional()"));
    }
    if (declaration.rerunnable()) {
      additions.add(CodeBlock.of(".asRerunnable()"));
    }
    if (!entry.reversible()) {
      additions.add(CodeBlock.of(".asIrreversible()"));
    }
    return additions;
  }

  private static String longLiteral(long value) {
    return value > Integer.MAX_VALUE ? value + "L" : String.valueOf(value);
  }

  /** The factory: a switch on the position, which loads no migration class but the one it makes. */
  static MethodSpec createMethod(
      List<RegistryModel.Entry> entries, int first, Modifier... modifiers) {
    CodeBlock.Builder cases = CodeBlock.builder();
    for (int i = 0; i < entries.size(); i++) {
      RegistryModel.Entry entry = entries.get(i);
      // The name has passed its rule, so it cannot end the comment.
      cases.add(
          "case $L -> new $T(); // $L\n", first + i, entry.className(), entry.declaration().name());
    }
    return createMethod(CodeBlock.of("position"), cases.build(), modifiers);
  }

  static MethodSpec createMethod(CodeBlock selector, CodeBlock cases, Modifier... modifiers) {
    MethodSpec.Builder method =
        MethodSpec.methodBuilder("create")
            .addModifiers(modifiers)
            .returns(RuntimeTypes.JDBI_MIGRATION)
            .addParameter(int.class, "position");
    CodeBlock outOfBounds =
        CodeBlock.of("throw new $T(position);\n", RuntimeTypes.INDEX_OUT_OF_BOUNDS);
    if (cases.isEmpty()) {
      return method.addCode(outOfBounds).build();
    }
    return method
        .addCode("return switch ($L) {\n$>", selector)
        .addCode(cases)
        .addCode("default -> ")
        .addCode(outOfBounds)
        .addCode("$<};\n")
        .build();
  }
}
