package io.minigpt.teacher.http;

import io.minigpt.teacher.run.RunView;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A teacher that this replica leaves alone after failures; it is tried again by itself. */
@Schema(name = "TeacherPause")
public record TeacherPause(Instant until, String reason) {

    /** Of a run's teacher; null if it takes calls. */
    public static TeacherPause of(RunView<?> view) {
        return view.teacherPause()
                .map(pause -> new TeacherPause(pause.until(), pause.reason()))
                .orElse(null);
    }
}
