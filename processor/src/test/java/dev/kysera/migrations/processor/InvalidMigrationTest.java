package dev.kysera.migrations.processor;

import static dev.kysera.migrations.processor.Compilations.compile;
import static dev.kysera.migrations.processor.Compilations.errors;
import static dev.kysera.migrations.processor.Compilations.resource;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule about one migration: number, place and full text of the errors. */
class InvalidMigrationTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          AbstractClass | 8:10 | [Abstract] @Migration class app.AbstractClass must be concrete; found "abstract". Remove that modifier, or annotate a subclass instead.
          AnAnnotation | 6:2 | [NotAClass] @Migration type app.AnAnnotation must be a class or a record; found "@interface". Make it a class, or remove the annotation.
          AnEnum | 8:1 | [NotAClass] @Migration type app.AnEnum must be a class or a record; found "enum". Make it a class, or remove the annotation.
          AnInterface | 8:1 | [NotAClass] @Migration type app.AnInterface must be a class or a record; found "interface". Make it a class, or remove the annotation.
          GenericClass | 8:1 | [Generic] @Migration class app.GenericClass must have no type parameters; found "<T, U>". Remove them, or annotate a subclass that has none.
          GenericConstructor | 9:24 | [Constructor] @Migration class app.GenericConstructor must have a constructor without type parameters; found "<T>". Write the type that it needs instead.
          InPrivateClass | 10:12 | [Inaccessible] @Migration class app.InPrivateClass.Group.CreateUsers must be accessible to app.Migrations; found "private" on app.InPrivateClass.Group. Remove that modifier.
          InnerClass | 9:3 | [Inner] @Migration class app.InnerClass.CreateUsers must be static or a top level class; found an inner class of "app.InnerClass". Add the modifier static.
          MalformedName | 7:43 | [Name] @Migration name must be a number of 1 to 18 digits, an underscore, a letter or digit, and then letters, digits, "_" or "-"; found "1-CreateUsers". Write it like "001_create_users".
          NegativeEstimate | 7:58 | [Estimate] @Migration estimatedMillis must be 0 or more; found "-5". Write the expected time in milliseconds, or leave it out.
          NoInterface | 6:1 | [NoInterface] @Migration class app.NoInterface must implement dev.kysera.migrations.JdbiMigration; found no interface. Add "implements dev.kysera.migrations.JdbiMigration", and the method up(Handle).
          OnlyMethods | 7:1 | [NoInterface] @Migration class app.OnlyMethods must implement dev.kysera.migrations.JdbiMigration; found "up" and "down" without the interface. Add "implements dev.kysera.migrations.JdbiMigration".
          OtherInterface | 6:1 | [NoInterface] @Migration class app.OtherInterface must implement dev.kysera.migrations.JdbiMigration; found "implements java.lang.Runnable". Add ", dev.kysera.migrations.JdbiMigration" to its interfaces, and the method up(Handle).
          ParameterNamedLikeMethodOfObject | 9:55 | [Dependencies] @Migration class app.ParameterNamedLikeMethodOfObject must ask for a parameter by a name that is no method of java.lang.Object; found "notify". Rename the parameter.
          PrivateClass | 9:18 | [Inaccessible] @Migration class app.PrivateClass.CreateUsers must be accessible to app.Migrations; found "private" on app.PrivateClass.CreateUsers. Remove that modifier.
          PrivateConstructor | 9:11 | [Constructor] @Migration class app.PrivateConstructor must have a constructor that app.Migrations can call; found "private PrivateConstructor()". Remove the modifier private.
          PrivateConstructors | 9:11 | [Constructor] @Migration class app.PrivateConstructors must have a constructor that app.Migrations can call; found "private PrivateConstructors(java.lang.String), private PrivateConstructors()". Remove the modifier private from one of them.
          PrivateParameterType | 12:48 | [Dependencies] @Migration class app.PrivateParameterType must ask for types that app.Migrations can reach; found parameter "tables" of the private class app.PrivateParameterType.Table. Remove that modifier.
          SeveralConstructors | 8:1 | [Constructor] @Migration class app.SeveralConstructors must have one constructor that app.Migrations can call, or one without arguments among several; found "SeveralConstructors(java.lang.String), SeveralConstructors(java.lang.String, int)". Make all but one private.
          SeveralFaults | 8:10 | [Abstract] @Migration class app.SeveralFaults must be concrete; found "abstract". Remove that modifier, or annotate a subclass instead.
          ThrowingConstructor | 9:3 | [Constructor] @Migration class app.ThrowingConstructor must have a constructor that declares no checked exception; found "throws java.io.IOException". Move what throws it into the method up.
          """)
  void processor_brokenRule_reportsOneErrorAtItsPlace(String file, String place, String message) {
    assertThat(errors(compile(resource("bad/" + file + ".java"))))
        .containsExactly("%s.java:%s: %s".formatted(file, place, message));
  }
}
