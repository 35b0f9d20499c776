package dev.kysera.migrations.processor;

import static java.util.stream.Collectors.joining;
import static javax.lang.model.element.Modifier.FINAL;
import static javax.lang.model.element.Modifier.PRIVATE;
import static javax.lang.model.element.Modifier.STATIC;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * A run of neighbouring migrations, small enough for one class file: a method holds 64 KB of code,
 * and a class 65,535 constants.
 *
 * @param index its place among the parts, counted from 0
 * @param dependencies how the factory gets what migrations need, empty if none needs anything
 */
record RegistryPart(
    int index, List<RegistryModel.Entry> entries, List<ParameterSpec> dependencies) {

  /** From so many migrations on, a registry is divided. */
  static final int SIZE = 1000;

  static List<RegistryPart> partsOf(
      List<RegistryModel.Entry> entries, List<ParameterSpec> dependencies) {
    List<RegistryPart> parts = new ArrayList<>();
    for (int from = 0; from < entries.size(); from += SIZE) {
      int to = Math.min(from + SIZE, entries.size());
      parts.add(new RegistryPart(parts.size(), entries.subList(from, to), dependencies));
    }
    return parts;
  }

  /** The class that creates these migrations, loaded with the first that is about to run. */
  String factoryName() {
    return "Factory" + index;
  }

  /** The class that defines them, without a mention of their own classes. */
  String tableName() {
    return "Definitions" + index;
  }

  TypeSpec factory() {
    return TypeSpec.classBuilder(factoryName())
        .addJavadoc("Creates the migrations at positions $L to $L.", first(), last())
        .addModifiers(PRIVATE, STATIC, FINAL)
        .addMethod(CreateMethod.inRegistry(entries, first(), dependencies, STATIC))
        .build();
  }

  TypeSpec table() {
    return TypeSpec.classBuilder(tableName())
        .addJavadoc("Defines the migrations at positions $L to $L.", first(), last())
        .addModifiers(PRIVATE, STATIC, FINAL)
        .addMethod(defineMethod())
        .build();
  }

  private int first() {
    return index * SIZE;
  }

  private int last() {
    return first() + entries.size() - 1;
  }

  private MethodSpec defineMethod() {
    CodeBlock.Builder statements = CodeBlock.builder();
    StringBuilder lines = new StringBuilder();
    int from = first();
    for (int i = 0; i < entries.size(); i++) {
      String line = DefinitionLine.of(entries.get(i).declaration());
      if (lines.length() + line.length() > DefinitionLine.MAX_LENGTH) {
        statements.add(defineLines(from, lines.toString()));
        lines.setLength(0);
        from = first() + i;
      }
      lines.append(line);
    }
    statements.add(defineLines(from, lines.toString()));
    for (int i = 0; i < entries.size(); i++) {
      RegistryModel.Entry entry = entries.get(i);
      List<CodeBlock> additions =
          additions(entry, !DefinitionLine.holdsDescription(entry.declaration()));
      if (!additions.isEmpty()) {
        statements
            .add("definitions[$1L] = definitions[$1L]", first() + i)
            .add(CodeLines.continued(additions, ""))
            .add(";\n");
      }
    }
    return MethodSpec.methodBuilder("define")
        .addModifiers(STATIC)
        .addParameter(ArrayTypeName.of(RuntimeTypes.MIGRATION_DEFINITION), "definitions")
        .addCode(statements.build())
        .build();
  }

  private static CodeBlock defineLines(int first, String lines) {
    return CodeBlock.of("defineLines(definitions, $L, \"\"\"\n$>$>$L\"\"\");\n$<$<", first, lines);
  }

  /** The method of {@code Migrations} that turns lines of a text into definitions. */
  static MethodSpec defineLinesMethod() {
    ClassName definition = RuntimeTypes.MIGRATION_DEFINITION;
    return MethodSpec.methodBuilder("defineLines")
        .addModifiers(PRIVATE, STATIC)
        .addParameter(ArrayTypeName.of(definition), "definitions")
        .addParameter(int.class, "first")
        .addParameter(RuntimeTypes.STRING, "lines")
        .addStatement("int position = first")
        .beginControlFlow("for ($T line : lines.split($S))", RuntimeTypes.STRING, "\n")
        .addStatement("int end = line.indexOf(' ')")
        .addStatement(
            "definitions[position++] = end < 0\n? $1T.of(line)\n"
                + ": $1T.of(line.substring(0, end)).withDescription(line.substring(end + 1))",
            definition)
        .endControlFlow()
        .build();
  }

  /** The expression that defines one migration, without what it has by default. */
  static CodeBlock definition(RegistryModel.Entry entry) {
    return CodeBlock.builder()
        .add(
            "$T.of($L)",
            RuntimeTypes.MIGRATION_DEFINITION,
            StringLiteral.of(entry.declaration().name()))
        .add(CodeLines.continued(additions(entry, true), ""))
        .build();
  }

  private static List<CodeBlock> additions(RegistryModel.Entry entry, boolean withDescription) {
    MigrationDeclaration declaration = entry.declaration();
    List<CodeBlock> additions = new ArrayList<>();
    if (withDescription && !declaration.description().isEmpty()) {
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
    if (!declaration.formerly().isEmpty()) {
      additions.add(
          CodeBlock.of(
              ".withFormerly($L)",
              declaration.formerly().stream().map(StringLiteral::of).collect(joining(", "))));
    }
    if (!entry.reversible()) {
      additions.add(CodeBlock.of(".asIrreversible()"));
    }
    return additions;
  }

  private static String longLiteral(long value) {
    return value > Integer.MAX_VALUE ? value + "L" : String.valueOf(value);
  }
}
