package dev.kysera.migrations.processor;

import static javax.lang.model.element.Modifier.ABSTRACT;
import static javax.lang.model.element.Modifier.PUBLIC;
import static javax.lang.model.element.Modifier.STATIC;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import com.palantir.javapoet.TypeSpec;
import java.util.List;

/** The interface {@code Dependencies} inside {@code Migrations}, and how generated code asks it. */
final class DependenciesGenerator {

  static final String DEPENDENCIES = "Dependencies";

  private static final String ARGUMENT = "dependencies";

  /** So many migrations a comment names. */
  private static final int LISTED = 10;

  private DependenciesGenerator() {}

  /** Returns the parameter by which methods of {@code Migrations} hand it on. */
  static ParameterSpec parameter(ClassName migrations) {
    return ParameterSpec.builder(migrations.nestedClass(DEPENDENCIES), ARGUMENT).build();
  }

  static TypeSpec type(List<Dependency> dependencies) {
    TypeSpec.Builder type =
        TypeSpec.interfaceBuilder(DEPENDENCIES)
            .addJavadoc(
                "What the migrations of this module need. A method is called when a migration that"
                    + " asks for it\nis created to run, and not before.")
            .addModifiers(PUBLIC, STATIC);
    for (Dependency dependency : dependencies) {
      type.addMethod(
          MethodSpec.methodBuilder(dependency.name())
              .addJavadoc("Needed by $L.", listed(dependency.migrations()))
              .addModifiers(PUBLIC, ABSTRACT)
              .returns(dependency.type())
              .build());
    }
    return type.build();
  }

  /** Returns the arguments of a constructor. */
  static CodeBlock arguments(List<String> names) {
    return names.stream()
        .map(name -> CodeBlock.of("$N.$N()", ARGUMENT, name))
        .collect(CodeBlock.joining(", "));
  }

  private static String listed(List<String> names) {
    String listed = String.join(", ", names.subList(0, Math.min(names.size(), LISTED)));
    return names.size() > LISTED ? listed + " and " + (names.size() - LISTED) + " more" : listed;
  }
}
