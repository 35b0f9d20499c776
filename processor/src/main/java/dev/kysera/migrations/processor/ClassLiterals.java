package dev.kysera.migrations.processor;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.NewArrayTree;
import java.util.List;

/**
 * The classes that an annotation of a package names, as its source spells them. For a class that is
 * yet to be generated the compiler tells no more than that there is an error.
 */
final class ClassLiterals {

  private final CompilationUnitTree unit;

  private ClassLiterals(CompilationUnitTree unit) {
    this.unit = unit;
  }

  /** Returns the qualified names in their order, an empty one for what is no class literal. */
  static List<String> ofPackage(CompilationUnitTree unit, String annotation, String member) {
    for (AnnotationTree tree : unit.getPackageAnnotations()) {
      String type = tree.getAnnotationType().toString();
      if (type.equals(annotation) || type.endsWith("." + annotation)) {
        for (ExpressionTree argument : tree.getArguments()) {
          if (argument instanceof AssignmentTree assignment
              && assignment.getVariable().toString().equals(member)) {
            return new ClassLiterals(unit).namesIn(assignment.getExpression());
          }
        }
      }
    }
    return List.of();
  }

  private List<String> namesIn(ExpressionTree value) {
    return value instanceof NewArrayTree array && array.getInitializers() != null
        ? array.getInitializers().stream().map(this::name).toList()
        : List.of(name(value));
  }

  private String name(ExpressionTree literal) {
    return literal instanceof MemberSelectTree select
            && select.getIdentifier().contentEquals("class")
        ? qualified(select.getExpression().toString())
        : "";
  }

  /** An import of that simple name, else the same package: a class to be generated is no other. */
  private String qualified(String name) {
    if (name.contains(".")) {
      return name;
    }
    return unit.getImports().stream()
        .filter(tree -> !tree.isStatic())
        .map(ImportTree::getQualifiedIdentifier)
        .map(Object::toString)
        .filter(imported -> imported.endsWith("." + name))
        .findFirst()
        .orElse(ClassNames.in(String.valueOf(unit.getPackageName()), name));
  }
}
