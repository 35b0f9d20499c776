package dev.kysera.migrations.processor;

import static java.util.stream.Collectors.joining;

import dev.kysera.migrations.annotation.internal.Printable;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.TypeParameterElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeMirror;

/**
 * Every message of the processor, except those about names, which it shares with the runtime.
 * Subject, rule, what was found, and the edit that mends it.
 */
final class Problems {

  private static final int LISTED = 5;

  private Problems() {}

  static String notAClass(String type, ElementKind kind) {
    return ("[NotAClass] @Migration type %s must be a class or a record; found \"%s\"."
            + " Make it a class, or remove the annotation.")
        .formatted(type, keyword(kind));
  }

  static String isAbstract(String type) {
    return ("[Abstract] @Migration class %s must be concrete; found \"abstract\"."
            + " Remove that modifier, or annotate a subclass instead.")
        .formatted(type);
  }

  static String inner(String type, Element enclosing) {
    return ("[Inner] @Migration class %s must be static or a top level class; found an inner class"
            + " of \"%s\". Add the modifier static.")
        .formatted(type, enclosing);
  }

  static String generic(String type, List<? extends TypeParameterElement> parameters) {
    return ("[Generic] @Migration class %s must have no type parameters; found \"<%s>\"."
            + " Remove them, or annotate a subclass that has none.")
        .formatted(type, parameters.stream().map(Object::toString).collect(joining(", ")));
  }

  static String inaccessible(String type, Element barrier, String migrations) {
    return ("[Inaccessible] @Migration class %s must be accessible to %s; found \"private\" on %s."
            + " Remove that modifier.")
        .formatted(type, migrations, barrier);
  }

  static String noInterface(TypeElement type, List<String> methods) {
    String found;
    if (!methods.isEmpty()) {
      found = "\"" + String.join("\" and \"", methods) + "\" without the interface";
    } else if (!type.getInterfaces().isEmpty()) {
      found = "\"implements " + list(type.getInterfaces(), Object::toString) + "\"";
    } else {
      found = "no interface";
    }
    String keyword = type.getInterfaces().isEmpty() ? "implements " : ", ";
    String place = type.getInterfaces().isEmpty() ? "" : " to its interfaces";
    return "[NoInterface] @Migration class %s must implement %s; found %s. Add \"%s%s\"%s%s."
        .formatted(
            type.getQualifiedName(),
            RuntimeTypes.JDBI_MIGRATION.canonicalName(),
            found,
            keyword,
            RuntimeTypes.JDBI_MIGRATION.canonicalName(),
            place,
            methods.contains("up") ? "" : ", and the method up(Handle)");
  }

  static String constructorInaccessible(
      TypeElement type, List<ExecutableElement> constructors, String migrations) {
    String which = constructors.size() == 1 ? "" : " one of them";
    return ("[Constructor] @Migration class %s must have a constructor that %s can call; found"
            + " \"%s\". %s")
        .formatted(
            type.getQualifiedName(),
            migrations,
            list(constructors, c -> modifiersOf(c) + signature(type, c)),
            "Remove the modifier private%s.".formatted(which.isEmpty() ? "" : " from" + which));
  }

  static String severalConstructors(
      TypeElement type, List<ExecutableElement> constructors, String migrations) {
    return ("[Constructor] @Migration class %s must have one constructor that %s can call, or one"
            + " without arguments among several; found \"%s\". Make all but one private.")
        .formatted(
            type.getQualifiedName(), migrations, list(constructors, c -> signature(type, c)));
  }

  static String constructorGeneric(String type, List<? extends TypeParameterElement> parameters) {
    return ("[Constructor] @Migration class %s must have a constructor without type parameters;"
            + " found \"<%s>\". Write the type that it needs instead.")
        .formatted(type, list(parameters, Object::toString));
  }

  static String constructorThrows(String type, TypeMirror thrown) {
    return ("[Constructor] @Migration class %s must have a constructor that declares no checked"
            + " exception; found \"throws %s\". Move what throws it into the method up.")
        .formatted(type, thrown);
  }

  static String parameterNamesUnknown(String type) {
    return ("[Dependencies] @Migration class %s must tell the names of its constructor's"
            + " parameters, since it gets them by name; found a class file without them. Compile"
            + " its source too, or all with the option -parameters.")
        .formatted(type);
  }

  static String parameterNamedLikeMethodOfObject(String type, String name) {
    return ("[Dependencies] @Migration class %s must ask for a parameter by a name that is no"
            + " method of java.lang.Object; found \"%s\". Rename the parameter.")
        .formatted(type, name);
  }

  static String parameterNameNotJava(String type, String name) {
    return ("[Dependencies] @Migration class %s must ask for a parameter by a name that Java allows"
            + " for a method; found \"%s\". Rename the parameter.")
        .formatted(type, name);
  }

  static String parameterTypeInaccessible(
      String type, String name, Element barrier, String migrations, boolean samePackage) {
    String rule =
        "[Dependencies] @Migration class %s must ask for types that %s can reach; found parameter"
            + " \"%s\" of ";
    String found =
        samePackage
            ? "the private class %s. Remove that modifier."
            : "class %s, which is in another package and not \"public\". Add that modifier.";
    return (rule + found).formatted(type, migrations, name, barrier);
  }

  static String parameterOfSeveralTypes(List<Requirement> parties) {
    return ("[Dependencies] @Migration parameter \"%s\" must have the same type in all migrations of"
            + " a module, since Dependencies has one method for each name; found %s. Give one of"
            + " them another name, or all the same type.")
        .formatted(
            parties.get(0).name(),
            list(parties, p -> "\"%s\" (%s)".formatted(p.typeName(), p.declaration().className())));
  }

  static String negativeEstimate(long millis) {
    return ("[Estimate] @Migration estimatedMillis must be 0 or more; found \"%d\"."
            + " Write the expected time in milliseconds, or leave it out.")
        .formatted(millis);
  }

  static String formerlyBlank(String former) {
    return ("[Formerly] @Migration formerly must be a name that the migration had; found \"%s\"."
            + " Remove it.")
        .formatted(former);
  }

  static String formerlyItself(String former) {
    return ("[Formerly] @Migration formerly must be another name than the present one; found"
            + " \"%s\". Remove it.")
        .formatted(former);
  }

  static String formerlyAnother(String former, String bearer) {
    return ("[Formerly] @Migration formerly must be a name that no migration has now; found \"%s\","
            + " the name of %s. Remove it here, or rename that one.")
        .formatted(Printable.of(former), bearer);
  }

  static String formerlyTwice(String former, Collection<String> claimants) {
    return ("[Formerly] @Migration formerly must be on one migration only; found \"%s\" on %s."
            + " Keep it on the one that was renamed.")
        .formatted(Printable.of(former), String.join(" and ", claimants));
  }

  static String downRequired(String type) {
    return ("[RequireDown] @Migration class %s must override down(Handle), since the option"
            + " -A%s is on; found no \"down\". Add the method, or switch the option off.")
        .formatted(type, ProcessorOptions.REQUIRE_DOWN);
  }

  static String packages(String type, Collection<String> packages, String parent) {
    String remedy =
        parent.isEmpty()
            ? "Move the classes into one package."
            : "Write \"@dev.kysera.migrations.annotation.MigrationModule package %s;\" into %s,"
                    .formatted(parent, packageInfo(parent))
                + " or move the classes into one package.";
    return ("[Packages] @Migration class %s must lie in one package with all others, or below a"
            + " package annotated @MigrationModule; found migrations in %s. %s")
        .formatted(type, quoted(packages), remedy);
  }

  static String outsideModules(String type, String packageName, Collection<String> modules) {
    String move = "Move the class into one of these or below it";
    String remedy =
        packageName.isEmpty()
            ? move + "."
            : move
                + ", or write \"@dev.kysera.migrations.annotation.MigrationModule package %s;\" into %s."
                    .formatted(packageName, packageInfo(packageName));
    return ("[Packages] @Migration class %s must lie in or below a package annotated"
            + " @MigrationModule, since there is one; found it in %s, and the annotation on %s. %s")
        .formatted(type, quoted(List.of(packageName)), quoted(modules), remedy);
  }

  static String tableName(String name, int maxBytes, int bytes) {
    String found = bytes > maxBytes ? bytes + " in " : "";
    return ("[TableName] @MigrationModule tableName must be an identifier of at most %d bytes, not"
            + " blank and without a NUL character; found %s%s. Write it like \"billing_migrations\", or"
            + " leave it out.")
        .formatted(maxBytes, found, Printable.quoted(name));
  }

  static String noPartner(ModuleDeclaration module, String className, boolean itself) {
    return ("[SharedHistory] @MigrationModule sharesHistoryWith must name the class Migrations of"
            + " another module; found \"%s\", which is %s. Write the class that is generated for the"
            + " other module, or remove it.")
        .formatted(
            className, itself ? "that of this module" : "no class that is generated for a module");
  }

  static String otherTable(ModuleDeclaration module, SharedHistory other) {
    return ("[SharedHistory] @MigrationModule tableName must be the same in modules that share a"
            + " history; found %s in package %s, and %s in package %s. Give both the same"
            + " tableName, or remove sharesHistoryWith.")
        .formatted(
            table(module.tableName()),
            module.packageName(),
            table(other.tableName()),
            other.migrations().packageName());
  }

  private static String table(String tableName) {
    return tableName.isEmpty() ? "none" : Printable.quoted(tableName);
  }

  static String nameTaken(String migrations) {
    return ("[NameTaken] @Migration class %1$s must be left to the processor, which generates it;"
            + " found another class of that name. Rename it, or move it into another package.")
        .formatted(migrations);
  }

  static String outputAmongSources(String migrations) {
    return ("[NameTaken] @Migration class %s must be left to the processor, which generates it;"
            + " found an earlier generated one among the sources. Remove the directory of generated"
            + " sources from the sources to compile, or delete that file.")
        .formatted(migrations);
  }

  /** What more there is to say where a party of a conflict was not compiled now. */
  static String staleClass(String type) {
    return " %s is a class file in the output; if its source is gone, delete %s.class there."
        .formatted(type, type.replace('.', '/'));
  }

  static String notOverwritten(String migrations, Exception refusal) {
    return ("[NameTaken] @Migration class %1$s must be left to the processor, which generates it;"
            + " found that the compiler refuses it: \"%2$s\". Delete %3$s.class, and %3$s.java if it"
            + " is there too, in the output of the last compilation, and compile again.")
        .formatted(migrations, refusal.getMessage(), migrations.replace('.', '/'));
  }

  static String outOfSight(String type) {
    return ("[OutOfSight] @Migration class %1$s must be compiled with the others or be on the class"
            + " path, or Migrations would lose it; found its class file in the output only. Add the"
            + " output directory to the class path; or, if its source is deleted, delete %2$s.class"
            + " there too.")
        .formatted(type, type.replace('.', '/'));
  }

  static String tooLate(String subject) {
    return ("[TooLate] @Migration %s must be there before Migrations is generated; found it"
            + " generated in a later round by another processor. Write the annotated source by"
            + " hand: it may extend a generated class.")
        .formatted(subject);
  }

  static String noRuntime(String moduleName) {
    String requires =
        moduleName.isEmpty()
            ? ""
            : ", and \"requires %s;\" to module %s"
                .formatted(RuntimeTypes.RUNTIME_PACKAGE, moduleName);
    return ("[NoRuntime] @Migration classes must be compiled with the runtime; found no \"%s\"."
            + " Add the dependency dev.kysera:kysera-migrations-runtime%s.")
        .formatted(RuntimeTypes.JDBI_MIGRATION.canonicalName(), requires);
  }

  static String oldRelease(SourceVersion found) {
    return ("[Release] @Migration classes must be compiled for Java %1$s or newer; found \"%2$s\"."
            + " Write \"--release %1$s\".")
        .formatted(number(RuntimeTypes.OLDEST_RELEASE), number(found));
  }

  private static String number(SourceVersion release) {
    return release.name().substring("RELEASE_".length());
  }

  static String optionValue(String option, String value) {
    return ("[Option] @Migration option -A%1$s must be \"true\" or \"false\"; found \"%2$s\"."
            + " Write -A%1$s=true.")
        .formatted(option, value);
  }

  static String notWritten(String migrations, Exception cause) {
    return ("[NotWritten] @Migration class %s must be written to the output of the compiler; found"
            + " \"%s\". Mend the output directory.")
        .formatted(migrations, cause.getMessage());
  }

  static String bug(Throwable cause) {
    StringWriter stack = new StringWriter();
    cause.printStackTrace(new PrintWriter(stack));
    return "[Bug] @Migration cannot be processed: a bug in kysera-migrations, please report it.\n"
        + stack;
  }

  private static String keyword(ElementKind kind) {
    return kind == ElementKind.ANNOTATION_TYPE
        ? "@interface"
        : kind.name().toLowerCase(Locale.ROOT);
  }

  private static String signature(TypeElement type, ExecutableElement constructor) {
    return type.getSimpleName()
        + constructor.getParameters().stream()
            .map(VariableElement::asType)
            .map(Object::toString)
            .collect(joining(", ", "(", ")"));
  }

  private static String modifiersOf(ExecutableElement constructor) {
    return constructor.getModifiers().stream().map(m -> m + " ").collect(joining());
  }

  private static String packageInfo(String packageName) {
    return packageName.replace('.', '/') + "/package-info.java";
  }

  private static String quoted(Collection<String> names) {
    return list(names, name -> name.isEmpty() ? "the unnamed package" : '"' + name + '"');
  }

  private static <T> String list(Collection<? extends T> items, Function<T, String> text) {
    String listed = items.stream().limit(LISTED).map(text).collect(joining(", "));
    return items.size() > LISTED
        ? listed + " and %d more".formatted(items.size() - LISTED)
        : listed;
  }
}
