package dev.kysera.migrations.processor;

import com.sun.source.util.TreePath;
import dev.kysera.migrations.annotation.MigrationModule;
import dev.kysera.migrations.processor.ModuleDeclaration.Partner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.AnnotationMirror;
import javax.lang.model.element.AnnotationValue;
import javax.lang.model.element.Element;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.ErrorType;
import org.jspecify.annotations.Nullable;

/**
 * Reads what the user wrote about modules, and judges nothing. The classes that a module names may
 * be those which this very compilation is going to generate; then only their source form is known.
 */
final class ModuleReader {

  private static final String ANNOTATION_NAME = MigrationModule.class.getCanonicalName();

  private final SourceFiles sources;

  ModuleReader(ProcessingEnvironment environment) {
    this.sources = SourceFiles.of(environment);
  }

  /** Returns whether the name of the table is there: another processor may have to generate it. */
  static boolean isComplete(@Nullable Element element) {
    return element == null
        || DeclarationReader.annotation(element, ANNOTATION_NAME)
            .map(DeclarationReader::valuesAsWritten)
            .map(values -> values.get("tableName"))
            .filter(DeclarationReader::isUnresolvedName)
            .isEmpty();
  }

  /** Returns the declaration, empty if that package has none or its values are of wrong types. */
  Optional<ModuleDeclaration> read(@Nullable PackageElement element) {
    return element == null
        ? Optional.empty()
        : DeclarationReader.annotation(element, ANNOTATION_NAME)
            .filter(annotation -> isComplete(element))
            .map(annotation -> read(element, annotation));
  }

  private ModuleDeclaration read(PackageElement element, AnnotationMirror annotation) {
    Map<String, AnnotationValue> values = DeclarationReader.valuesAsWritten(annotation);
    AnnotationValue tableName = values.get("tableName");
    return new ModuleDeclaration(
        element,
        annotation,
        tableName == null ? "" : (String) tableName.getValue(),
        tableName,
        partners(element, values.get("sharesHistoryWith")));
  }

  private List<Partner> partners(PackageElement element, @Nullable AnnotationValue value) {
    List<Partner> partners = new ArrayList<>();
    if (value != null && value.getValue() instanceof List<?> classes) {
      List<String> written = List.of();
      for (int i = 0; i < classes.size(); i++) {
        AnnotationValue literal = (AnnotationValue) classes.get(i);
        String name = nameOf(literal.getValue());
        if (!name.isEmpty()) {
          partners.add(new Partner(literal, name));
        } else {
          written = written.isEmpty() ? writtenPartners(element) : written;
          partners.add(new Partner(literal, i < written.size() ? written.get(i) : ""));
        }
      }
    }
    return partners;
  }

  /** Some compilers make a type of an unresolved class, but tell its package only if written. */
  private static String nameOf(Object literal) {
    if (literal instanceof ErrorType error) {
      return error.toString().contains(".") ? error.toString() : "";
    }
    return literal instanceof DeclaredType type && type.asElement() instanceof TypeElement element
        ? element.getQualifiedName().toString()
        : "";
  }

  private List<String> writtenPartners(PackageElement element) {
    TreePath path = sources.find(element);
    return path == null
        ? List.of()
        : ClassLiterals.ofPackage(
            path.getCompilationUnit(), MigrationModule.class.getSimpleName(), "sharesHistoryWith");
  }
}
