package dev.kysera.migrations.processor;

import static java.util.stream.Collectors.joining;
import static javax.lang.model.element.Modifier.FINAL;
import static javax.lang.model.element.Modifier.PRIVATE;
import static javax.lang.model.element.Modifier.PUBLIC;
import static javax.lang.model.element.Modifier.STATIC;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Turns a registry into the source of {@code Migrations}: data, one switch, and methods of one
 * line. The same registry always gives the same bytes.
 */
final class MigrationsGenerator {

  private static final String REGISTRY = "REGISTRY";
  private static final String DEFINITIONS = "DEFINITIONS";

  private final RegistryModel registry;
  private final List<ParameterSpec> dependencies;
  private final List<RegistryPart> parts;
  private final List<String> fingerprints;

  private MigrationsGenerator(RegistryModel registry) {
    this.registry = registry;
    this.dependencies = registry.dependencyParameters();
    this.parts = RegistryPart.partsOf(registry.entries(), dependencies);
    this.fingerprints = RegistryLine.chunksOf(registry.entries());
  }

  static JavaFile generate(RegistryModel registry) {
    return JavaFile.builder(
            registry.target().packageName(), new MigrationsGenerator(registry).migrations())
        .skipJavaLangImports(true)
        .indent("  ")
        .build();
  }

  private TypeSpec migrations() {
    TypeSpec.Builder type =
        TypeSpec.classBuilder(registry.target())
            .addJavadoc(headline())
            .addAnnotations(
                GeneratedAnnotations.of(
                    registry.hasGeneratedAnnotation(), registry.suppressedWarnings()))
            .addModifiers(PUBLIC, FINAL)
            .alwaysQualify(registry.hiddenNames().toArray(String[]::new))
            .addFields(fingerprintFields());
    if (dependencies.isEmpty()) {
      type.addField(registryField())
          .addMethod(MethodSpec.constructorBuilder().addModifiers(PRIVATE).build())
          .addMethod(registryMethod())
          .addMethod(runnerMethod())
          .addMethod(runnerWithOptionsMethod());
    } else {
      type.addField(definitionsField())
          .addMethod(MethodSpec.constructorBuilder().addModifiers(PRIVATE).build())
          .addMethod(definitionsMethod())
          .addMethod(registryWithDependenciesMethod())
          .addMethod(runnerWithDependenciesMethod());
    }
    if (isDivided()) {
      type.addMethod(definitionsOfParts())
          .addMethod(RegistryPart.defineLinesMethod())
          .addMethod(createOfParts());
      parts.forEach(part -> type.addType(part.table()));
      parts.forEach(part -> type.addType(part.factory()));
    } else {
      type.addMethod(CreateMethod.inRegistry(registry.entries(), 0, dependencies, PRIVATE, STATIC));
    }
    if (!dependencies.isEmpty()) {
      type.addType(DependenciesGenerator.type(registry.dependencies()));
    }
    registry.entries().forEach(entry -> type.addOriginatingElement(entry.declaration().type()));
    return type.build();
  }

  private boolean isDivided() {
    return registry.entries().size() >= RegistryPart.SIZE;
  }

  private String headline() {
    int size = registry.entries().size();
    return switch (size) {
      case 0 -> "This module has no migrations yet.";
      case 1 -> "The only migration of this module.";
      default ->
          "All " + size + " migrations of this module, in the order in which they are executed.";
    };
  }

  /** Constants, since the next compilation reads them where it has no source. */
  private List<FieldSpec> fingerprintFields() {
    List<FieldSpec> fields = new ArrayList<>();
    for (String lines : fingerprints) {
      fields.add(
          FieldSpec.builder(
                  RuntimeTypes.STRING, fingerprintField(fields.size()), PRIVATE, STATIC, FINAL)
              .initializer("\"\"\"\n$>$>$L\"\"\"$<$<", lines)
              .build());
    }
    return fields;
  }

  private String fingerprintField(int index) {
    return fingerprints.size() == 1 ? RegistryLine.CONSTANT : RegistryLine.CONSTANT + index;
  }

  private FieldSpec registryField() {
    List<CodeBlock> arguments = new ArrayList<>();
    arguments.add(CodeBlock.of("$T::create", registry.target()));
    arguments.addAll(definitions());
    return FieldSpec.builder(RuntimeTypes.MIGRATION_REGISTRY, REGISTRY, PRIVATE, STATIC, FINAL)
        .initializer(registryOf(arguments))
        .build();
  }

  private CodeBlock registryOf(List<CodeBlock> arguments) {
    return CodeBlock.of(
        "$T.of($L)$L",
        RuntimeTypes.MIGRATION_REGISTRY,
        CodeLines.continued(arguments, ","),
        additions());
  }

  /** The definitions one by one, or where they are too many a call that returns them all. */
  private List<CodeBlock> definitions() {
    return isDivided()
        ? List.of(CodeBlock.of("$L()", definitionsName()))
        : registry.entries().stream().map(RegistryPart::definition).toList();
  }

  /** A module whose migrations need something has a public method of the simple name. */
  private String definitionsName() {
    return dependencies.isEmpty() ? "definitions" : "definitionsOfParts";
  }

  /** What the registry is told beside its migrations. */
  private CodeBlock additions() {
    CodeBlock.Builder additions = CodeBlock.builder();
    if (!registry.tableName().isEmpty()) {
      additions.add("\n$>$>.withTableName($L)$<$<", StringLiteral.of(registry.tableName()));
    }
    for (SharedHistory other : registry.sharedWith()) {
      additions.add(
          other.hasDependencies()
              ? "\n$>$>.sharingHistoryWith($T::definitions)$<$<"
              : "\n$>$>.sharingHistoryWith(() -> $T.registry().definitions())$<$<",
          other.migrations());
    }
    if (!fingerprints.isEmpty()) {
      additions.add(
          "\n$>$>.withFingerprints($L)$<$<",
          IntStream.range(0, fingerprints.size())
              .mapToObj(this::fingerprintField)
              .collect(joining(", ")));
    }
    return additions.build();
  }

  private static MethodSpec registryMethod() {
    return MethodSpec.methodBuilder("registry")
        .addJavadoc("Returns the migrations in the order of execution.")
        .addModifiers(PUBLIC, STATIC)
        .returns(RuntimeTypes.MIGRATION_REGISTRY)
        .addStatement("return $N", REGISTRY)
        .build();
  }

  private static MethodSpec runnerMethod() {
    return MethodSpec.methodBuilder("runner")
        .addJavadoc("Returns a runner with the default options.")
        .addModifiers(PUBLIC, STATIC)
        .returns(RuntimeTypes.MIGRATION_RUNNER)
        .addParameter(RuntimeTypes.JDBI, "jdbi")
        .addStatement("return runner(jdbi, $T.defaults())", RuntimeTypes.MIGRATION_OPTIONS)
        .build();
  }

  private static MethodSpec runnerWithOptionsMethod() {
    return MethodSpec.methodBuilder("runner")
        .addJavadoc("Returns a runner with the given options.")
        .addModifiers(PUBLIC, STATIC)
        .returns(RuntimeTypes.MIGRATION_RUNNER)
        .addParameter(RuntimeTypes.JDBI, "jdbi")
        .addParameter(RuntimeTypes.MIGRATION_OPTIONS, "options")
        .addStatement(
            "return $T.create(jdbi, $N, options)", RuntimeTypes.MIGRATION_RUNNER, REGISTRY)
        .build();
  }

  private FieldSpec definitionsField() {
    return FieldSpec.builder(listOfDefinitions(), DEFINITIONS, PRIVATE, STATIC, FINAL)
        .initializer("$T.of($L)", RuntimeTypes.LIST, CodeLines.continued(definitions(), ","))
        .build();
  }

  private static MethodSpec definitionsMethod() {
    return MethodSpec.methodBuilder("definitions")
        .addJavadoc("Returns what is known of the migrations, in the order of execution.")
        .addModifiers(PUBLIC, STATIC)
        .returns(listOfDefinitions())
        .addStatement("return $N", DEFINITIONS)
        .build();
  }

  private static TypeName listOfDefinitions() {
    return ParameterizedTypeName.get(RuntimeTypes.LIST, RuntimeTypes.MIGRATION_DEFINITION);
  }

  private MethodSpec registryWithDependenciesMethod() {
    ParameterSpec parameter = dependencies.get(0);
    List<CodeBlock> arguments =
        List.of(
            CodeBlock.of("position -> create(position, $N)", parameter),
            CodeBlock.of("$N.toArray($T[]::new)", DEFINITIONS, RuntimeTypes.MIGRATION_DEFINITION));
    return MethodSpec.methodBuilder("registry")
        .addJavadoc("Returns the migrations in the order of execution, with these needs met.")
        .addModifiers(PUBLIC, STATIC)
        .returns(RuntimeTypes.MIGRATION_REGISTRY)
        .addParameter(parameter)
        .addStatement(
            "$T.requireNonNull($N, $S)", RuntimeTypes.OBJECTS, parameter, parameter.name())
        .addCode("return $L;\n", registryOf(arguments))
        .build();
  }

  private MethodSpec runnerWithDependenciesMethod() {
    return MethodSpec.methodBuilder("runner")
        .addJavadoc("Returns a runner with the given options, for migrations with these needs met.")
        .addModifiers(PUBLIC, STATIC)
        .returns(RuntimeTypes.MIGRATION_RUNNER)
        .addParameter(RuntimeTypes.JDBI, "jdbi")
        .addParameter(RuntimeTypes.MIGRATION_OPTIONS, "options")
        .addParameter(dependencies.get(0))
        .addStatement(
            "return $T.create(jdbi, registry($N), options)",
            RuntimeTypes.MIGRATION_RUNNER,
            dependencies.get(0))
        .build();
  }

  private MethodSpec definitionsOfParts() {
    ClassName definition = RuntimeTypes.MIGRATION_DEFINITION;
    MethodSpec.Builder method =
        MethodSpec.methodBuilder(definitionsName())
            .addModifiers(PRIVATE, STATIC)
            .returns(ArrayTypeName.of(definition))
            .addStatement(
                "$1T[] definitions = new $1T[$2L]", definition, registry.entries().size());
    parts.forEach(part -> method.addStatement("$N.define(definitions)", part.tableName()));
    return method.addStatement("return definitions").build();
  }

  private MethodSpec createOfParts() {
    SortedMap<Integer, String> methods = new TreeMap<>();
    parts.forEach(part -> methods.put(part.index(), part.factoryName() + ".create"));
    return CreateMethod.dividedAmong(methods, dependencies, PRIVATE, STATIC);
  }
}
