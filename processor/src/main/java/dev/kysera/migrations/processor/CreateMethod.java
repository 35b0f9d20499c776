package dev.kysera.migrations.processor;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterSpec;
import java.util.List;
import java.util.SortedMap;
import javax.lang.model.element.Modifier;

/** The method that creates a migration: a switch on its position in the registry. */
final class CreateMethod {

  private static final String NAME = "create";
  private static final String POSITION = "position";

  private CreateMethod() {}

  /** Creates each migration here. No class is loaded but the one that is created. */
  static MethodSpec direct(
      String name,
      SortedMap<Integer, RegistryModel.Entry> entries,
      List<ParameterSpec> dependencies,
      Modifier... modifiers) {
    CodeBlock.Builder cases = CodeBlock.builder();
    entries.forEach((position, entry) -> addCase(position, entry, creation(entry), cases));
    return method(name, CodeBlock.of(POSITION), cases.build(), dependencies, modifiers);
  }

  /** Creates each migration here, or asks the package that alone can. */
  static MethodSpec inRegistry(
      List<RegistryModel.Entry> entries,
      int first,
      List<ParameterSpec> dependencies,
      Modifier... modifiers) {
    CodeBlock.Builder cases = CodeBlock.builder();
    for (int i = 0; i < entries.size(); i++) {
      RegistryModel.Entry entry = entries.get(i);
      int position = first + i;
      CodeBlock creation =
          entry.accessible()
              ? creation(entry)
              : CodeBlock.of(
                  "$T.$L",
                  PackageFactory.nameIn(entry.declaration().packageName()),
                  call(NAME, String.valueOf(position), dependencies));
      addCase(position, entry, creation, cases);
    }
    return method(NAME, CodeBlock.of(POSITION), cases.build(), dependencies, modifiers);
  }

  /**
   * Leaves the creation to one of several methods, each for so many positions as a part has.
   *
   * @param methods the numbers of the parts, and the methods
   */
  static MethodSpec dividedAmong(
      SortedMap<Integer, String> methods, List<ParameterSpec> dependencies, Modifier... modifiers) {
    CodeBlock.Builder cases = CodeBlock.builder();
    methods.forEach(
        (part, method) ->
            cases.add("case $L -> $L;\n", part, call(method, POSITION, dependencies)));
    return method(
        NAME,
        CodeBlock.of("$L / $L", POSITION, RegistryPart.SIZE),
        cases.build(),
        dependencies,
        modifiers);
  }

  private static void addCase(
      int position, RegistryModel.Entry entry, CodeBlock creation, CodeBlock.Builder cases) {
    // The name has passed its rule, so it cannot end the comment.
    cases.add("case " + position + " -> $L; // " + entry.declaration().name() + "\n", creation);
  }

  private static CodeBlock creation(RegistryModel.Entry entry) {
    return CodeBlock.of(
        "new $T($L)", entry.className(), DependenciesGenerator.arguments(entry.arguments()));
  }

  private static CodeBlock call(String method, String position, List<ParameterSpec> dependencies) {
    CodeBlock.Builder call = CodeBlock.builder().add("$L($L", method, position);
    dependencies.forEach(parameter -> call.add(", $N", parameter));
    return call.add(")").build();
  }

  private static MethodSpec method(
      String name,
      CodeBlock selector,
      CodeBlock cases,
      List<ParameterSpec> dependencies,
      Modifier... modifiers) {
    MethodSpec.Builder method =
        MethodSpec.methodBuilder(name)
            .addModifiers(modifiers)
            .returns(RuntimeTypes.JDBI_MIGRATION)
            .addParameter(int.class, POSITION)
            .addParameters(dependencies);
    CodeBlock outOfBounds =
        CodeBlock.of("throw new $T($L);\n", RuntimeTypes.INDEX_OUT_OF_BOUNDS, POSITION);
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
