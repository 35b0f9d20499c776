package dev.kysera.migrations.annotation;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a class {@code Migrations} that the annotation processor has written, so that a later
 * compilation does not mistake it for a class of the user's own. Not for hand-written code.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.CLASS)
public @interface GeneratedRegistry {}
