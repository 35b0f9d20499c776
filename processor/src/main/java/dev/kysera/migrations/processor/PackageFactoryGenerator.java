package dev.kysera.migrations.processor;

import static javax.lang.model.element.Modifier.FINAL;
import static javax.lang.model.element.Modifier.PRIVATE;
import static javax.lang.model.element.Modifier.PUBLIC;
import static javax.lang.model.element.Modifier.STATIC;

import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeSpec;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Turns a {@link PackageFactory} into its source. */
final class PackageFactoryGenerator {

  private PackageFactoryGenerator() {}

  /**
   * Generates the class.
   *
   * @param dependencies what methods that create a migration are handed beside its position
   */
  static JavaFile generate(PackageFactory factory, List<ParameterSpec> dependencies) {
    TypeSpec.Builder type =
        TypeSpec.classBuilder(factory.name())
            .addJavadoc(
                "Creates the migrations of this package that are not public. For {@code $L} only.",
                factory.migrations().canonicalName())
            .addAnnotations(
                GeneratedAnnotations.of(
                    factory.hasGeneratedAnnotation(), factory.suppressedWarnings()))
            .addModifiers(PUBLIC, FINAL)
            .alwaysQualify(factory.hiddenNames().toArray(String[]::new))
            .addMethod(MethodSpec.constructorBuilder().addModifiers(PRIVATE).build());
    SortedMap<Integer, SortedMap<Integer, RegistryModel.Entry>> parts = factory.parts();
    if (parts.size() == 1) {
      type.addMethod(
          documented(
              CreateMethod.direct("create", factory.entries(), dependencies, PUBLIC, STATIC)));
    } else {
      SortedMap<Integer, String> methods = new TreeMap<>();
      parts.forEach(
          (part, entries) -> {
            methods.put(part, "create" + part);
            type.addMethod(
                CreateMethod.direct("create" + part, entries, dependencies, PRIVATE, STATIC));
          });
      type.addMethod(documented(CreateMethod.dividedAmong(methods, dependencies, PUBLIC, STATIC)));
    }
    factory.declarations().forEach(declaration -> type.addOriginatingElement(declaration.type()));
    return JavaFile.builder(factory.name().packageName(), type.build())
        .skipJavaLangImports(true)
        .indent("  ")
        .build();
  }

  private static MethodSpec documented(MethodSpec method) {
    return method.toBuilder()
        .addJavadoc("Creates the migration at a position of the registry.")
        .build();
  }
}
