"""What applicants answered on the voluntary equality form. No page of hiring reads this."""

from piccolo.columns import ForeignKey, Integer, OnDelete, Serial, Varchar
from piccolo.constraints import Check, Unique
from piccolo.table import Table

from recruit.applications.tables import Application


class EqualityAnswer(Table, help_text="One applicant's voluntary answer to one question."):
    id: Serial
    application = ForeignKey(Application, null=False, on_delete=OnDelete.cascade)
    question = Varchar(length=20)
    answer = Varchar(length=20)
    version = Integer(default=1, help_text="Rises with each change; a stale form is refused.")

    equality_question_once = Unique([application, question])
    answer_is_an_option = Check(
        "(\"question\" = 'gender' AND \"answer\" IN ('woman', 'man', 'another', 'unsaid')) OR"
        " (\"question\" = 'age' AND \"answer\" IN ('under-30', '30-39', '40-49', '50-over', 'unsaid'))"
    )
