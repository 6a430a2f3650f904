"""Names of columns as systems and people write them: letters and digits only, no case, no accents.

English, German, French, Swedish and Spanish; OpenCATS and Greenhouse; the order of languages is the same in
every entry.
"""

from typing import Final, Literal

Field = Literal[
    "first_name", "last_name", "name", "email", "phone", "received_on", "source", "notes", "key_skills"
]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: "Name" alone: what it means depends on the columns beside it.
JUST_NAME: Final = _words("name names nom noms namn nombre nombres")

FIELD_WORDS: Final[dict[Field, frozenset[str]]] = {
    "first_name": _words(
        """
        firstname firstnames givenname givennames forename forenames first vorname vornamen rufname
        prenom prenoms fornamn tilltalsnamn nombredepila primernombre
        """
    ),
    "last_name": _words(
        """
        lastname lastnames surname surnames familyname last nachname nachnamen familienname zuname
        nomdefamille patronyme efternamn apellido apellidos
        """
    ),
    "name": JUST_NAME
    | _words(
        """
        fullname candidate candidatename applicant applicantname displayname display formattedname
        vollstandigername bewerber bewerberin bewerbername kandidat nomcomplet nometprenom
        prenometnom candidat fullstandigtnamn sokande kandidatnamn nombrecompleto nombreyapellidos
        candidato
        """
    ),
    "email": _words(
        """
        email emails mail emailaddress emailaddresses mailaddress primaryemail personalemail
        workemail emailid secondaryemail otheremail otheremails alternateemail emailother
        emailadresse mailadresse emailprivat courriel adresseemail adressemail adressecourriel
        adresseelectronique epost epostadress mejl mejladress correo correoelectronico
        direcciondecorreo correoe
        """
    ),
    "phone": _words(
        """
        phone phones phonenumber telephone telephonenumber tel mobile mobilephone mobilenumber cell
        cellphone phonecell phonehome phonework homephone workphone primaryphone contactnumber
        phonemobile telefon telefonnummer telefonnr mobil mobiltelefon handy handynummer mobilnummer
        rufnummer festnetz telefone telephoneportable portable numerodetelephone mobiltel telefono
        telefonos movil telefonomovil numerodetelefono celular
        """
    ),
    "received_on": _words(
        """
        receivedon received datereceived applicationdate dateofapplication appliedon applied
        appliedat dateapplied applicationreceived submittedon submittedat submissiondate
        datesubmitted datecreated createdat timestamp date bewerbungsdatum bewerbungam eingang
        eingangsdatum eingegangenam eingegangen bewerbungseingang datum datedecandidature
        datedereception recule dateenvoi ansokningsdatum ansokandatum inkom inkomdatum mottagen
        fecha fechadesolicitud fechaderecepcion recibidoel
        """
    ),
    "source": _words(
        """
        source sources leadsource candidatesource applicationsource referral referralsource channel
        heardfrom howdidyouhear howdidyouhearaboutus quelle herkunft bewerbungsquelle kanal origine
        provenance kalla ansokningskalla fuente origen procedencia
        """
    ),
    "notes": _words(
        """
        note notes comment comments remark remarks miscnotes notiz notizen bemerkung bemerkungen
        anmerkung anmerkungen kommentar kommentare remarque remarques commentaire commentaires
        anteckning anteckningar kommentarer noteringar nota notas comentario comentarios
        observaciones
        """
    ),
    "key_skills": _words(
        """
        keyskills keyskill skills skill skillset competences competencies fahigkeiten faehigkeiten
        kenntnisse kompetenzen schlusselqualifikationen qualifikationen competence competencescles
        aptitudes kompetenser fardigheter nyckelkompetenser habilidades competencias destrezas
        """
    ),
}

#: Whole words, compared word by word: "age" must not be found in "language".
PERSONAL_WORDS: Final = _words(
    """
    street city town zip zipcode postal postcode state province county country region home born
    birthday dob bday age gender sex pronouns race ethnic ethnicity faith church marital married
    spouse children disability disabled handicap health illness pregnant pregnancy union party ssn
    passport photo picture image avatar portrait salutation social linkedin xing facebook twitter
    instagram tiktok adr sexuality orientation citizenship citizen ort stadt wohnort plz land
    bundesland kanton geboren alter geschlecht kinder foto fotos bild lichtbild konfession kirche
    gewerkschaft partei anrede schwerbehinderung gdb familienstand ausweis herkunftsland rue ville
    cp codepostal pays sexe genre photographie civilite enfants handicape situationfamiliale
    syndicat adress gata gatuadress stad postnr postnummer postort lan fodd alder kon personnummer
    fotografi civilstand barn trossamfund medborgare direccion domicilio calle ciudad cpostal pais
    provincia edad sexo genero retrato hijos estadocivil dni nie
    """
)

#: Parts of words, long enough not to be found by chance: German and Swedish write compounds.
PERSONAL_STEMS: Final = (
    "address", "anschrift", "adresse", "adress", "strasse", "postleitzahl", "codigopostal",
    "dateofbirth", "birthdate", "placeofbirth", "geburt", "naissance", "fodelse", "nacimiento",
    "religio", "nationalit", "nacionalidad", "staatsangehorig", "staatsburger", "medborgarskap",
    "citoyennete", "behinderung", "funktionsnedsattning", "discapacidad", "gesundheit",
    "maritalstatus", "socialmedia",
)  # fmt: skip
