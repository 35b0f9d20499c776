package dev.kysera.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The exported surface of a module, which equals its committed {@code api.txt}. */
public final class PublicApi {

  private static final Path COMMITTED = Path.of("api.txt");
  private static final Path FOUND = Path.of("target", "api.txt");

  private PublicApi() {}

  /**
   * Makes each change of the surface a visible decision. Writes what it finds below {@code target}.
   *
   * @param packageName the exported package of the module whose folder is the current one
   */
  public static void assertCommitted(String packageName) throws Exception {
    String found = String.join("\n", surface(packageName)) + "\n";
    Files.writeString(FOUND, found);
    assertThat(Files.readString(COMMITTED))
        .as("the public API; if the change is meant, copy %s over %s", FOUND, COMMITTED)
        .isEqualTo(found);
  }

  private static List<String> surface(String packageName) throws Exception {
    List<String> lines = new ArrayList<>();
    for (Class<?> type : types(packageName)) {
      lines.add(declaration(type));
      for (Field field : type.getDeclaredFields()) {
        if (isExported(field)) {
          lines.add("  field " + name(field.getGenericType()) + " " + field.getName());
        }
      }
      List<String> members = new ArrayList<>();
      for (Constructor<?> constructor : type.getDeclaredConstructors()) {
        if (isExported(constructor)) {
          members.add("  constructor (" + names(constructor.getGenericParameterTypes()) + ")");
        }
      }
      for (Method method : type.getDeclaredMethods()) {
        if (isExported(method)) {
          members.add(
              "  method %s%s %s(%s)%s"
                  .formatted(
                      modifiers(method),
                      name(method.getGenericReturnType()),
                      method.getName(),
                      names(method.getGenericParameterTypes()),
                      method.getExceptionTypes().length == 0
                          ? ""
                          : " throws " + names(method.getGenericExceptionTypes())));
        }
      }
      members.stream().sorted().forEach(lines::add);
    }
    return lines;
  }

  private static List<Class<?>> types(String packageName)
      throws IOException, ClassNotFoundException {
    Path root = Path.of("target", "classes");
    List<Class<?>> types = new ArrayList<>();
    try (Stream<Path> files = Files.list(root.resolve(packageName.replace('.', '/')))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        String name = root.relativize(file).toString().replace('/', '.').replace('\\', '.');
        Class<?> type = Class.forName(name.substring(0, name.length() - ".class".length()));
        if (isExported(type)) {
          types.add(type);
        }
      }
    }
    types.sort(Comparator.comparing(Class::getName));
    return types;
  }

  private static boolean isExported(Class<?> type) {
    return isExported(type.getModifiers())
        && !type.isSynthetic()
        && (type.getDeclaringClass() == null || isExported(type.getDeclaringClass()));
  }

  private static boolean isExported(Member member) {
    return isExported(member.getModifiers()) && !member.isSynthetic();
  }

  private static boolean isExported(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private static String declaration(Class<?> type) {
    String kind =
        type.isInterface()
            ? "interface"
            : type.isEnum() ? "enum" : type.isRecord() ? "record" : "class";
    String parent =
        type.getSuperclass() == null || !type.getPackage().equals(type.getSuperclass().getPackage())
            ? ""
            : " extends " + type.getSuperclass().getSimpleName();
    return kind + " " + type.getName() + parent;
  }

  private static String modifiers(Method method) {
    return (Modifier.isStatic(method.getModifiers()) ? "static " : "")
        + (method.isDefault() ? "default " : "");
  }

  private static String names(Type[] types) {
    return Arrays.stream(types).map(PublicApi::name).collect(Collectors.joining(", "));
  }

  private static String name(Type type) {
    return type.getTypeName().replaceAll("\\b[a-z]+(\\.[a-z0-9]+)*\\.(?=[A-Z])", "");
  }
}
