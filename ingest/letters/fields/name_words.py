"""By which words does a line name an organisation, a person, a department or nobody?  Folded, of four languages."""

import re

HONORIFIC = re.compile(
    r"^(?:an\s+)?(?:(?:herrn?|hr\.?|frau|fr\.|fraulein|familie|fam\.|eheleute|herrn?\s+und\s+frau"
    r"|frau\s+und\s+herrn?|monsieur et madame"
    r"|madame et monsieur|monsieur|madame|mademoiselle|messieurs|mesdames|mmes?|mlle|mm?\.(?=\s)|m\."
    r"|mr\.?\s(?:and|&)\smrs\.?|mr|mrs|ms|miss|mx"
    r"|signora|signorina|signori|signore|signor|sig\.?ra|sig\.?na|sigg?\.?ri|sigg?|gent\.?(?:ile|ma|mo)?"
    r"|egr\.?(?:egio)?|spett\.?(?:le|abile)?"
    r"|the hon\.?|sir|lady|rev)\b\.?[,:]?\s*)+"
)
SPETTABILE = re.compile(r"^(?:spett\.?\s?(?:le|abile)?|firma|fa\.|company|societe|ditta|messrs)\.?\s+(?=\S)")
ATTENTION = re.compile(
    r"^(?:z\.?\s?h(?:d|dn)?\.?(?:\s?v(?:on|\.))?|zu handen(?:\svon)?|zuhanden|a l'att(?:ention|n)?\.?(?:\sde)?"
    r"|a l'attn\.?|attn?\.?(?:ention)?(?:\sof)?|att\.ne"
    r"|all'attenzione(?:\sdi|\sdel(?:la)?)?|alla c\.?\s?a\.?|c\.a\.|t\.?\s?a\.?\s?v\.?|for the attention of"
    r"|f\.?a\.?o\.?)\s*[:.]?\s+"
)
CARE_OF = re.compile(r"^(?:c/o|c/0|c\.o\.|p\.?\sadr\.|p/a|chez|presso|care of)\s")
# Notes of the post, and of who may open it.
NOTE = re.compile(
    r"^(?:einschreiben|eingeschrieben|einwurf|ubergabe|personlich|vertraulich|privat|recommandee?|lettre"
    r"|raccomandata|registered|by |per |prioritaire|personnel"
    r"|personale|riservata|confidentiel|confidential|private|strictly|urgent|express|a-post|b-post|post ch"
    r"|die post|la poste|la posta|p\.?p\.?\b|priority|priorita"
    r"|drucksache|infopost|dialogpost|warenpost|deutsche post|porto|entgelt|frankier|par avion|luftpost|vorab"
    r"|via fax|via e-?mail|wenn unzustellbar|bei unzustellbarkeit"
    r"|retouren|return|retour|ruckantwort|bill(?:ed)? to|ship(?:ped)? to|sold to|invoice to|customer:?$"
    r"|kunde:?$|client:?$|to:?$|an:?$|a:?$"
    r"|adresse\b.*:?$|billing address|shipping address|bill to address|rechnungsadresse|rechnungsempfanger"
    r"|rechnung an|lieferadresse|factuuradres|afleveradres"
    r"|indirizzo|destinatario|destinataire|empfanger|recipient|factur(?:e|ation) a|adresse de facturation"
    r"|livraison|page|seite|pagina)\b"
)
DEPARTMENT = re.compile(
    r"^(?:abteilung|abt\.|dept|departement|department|bereich|sektion|service\b|dienst\b|ressort|stabsstelle"
    r"|fachstelle|team\b|ufficio|reparto|settore|division|direction\b"
    r"|direktion\b|servizio|buchhaltung|rechnungswesen|kreditoren|debitoren|einkauf|verkauf|vertrieb"
    r"|sekretariat|geschaftsleitung|geschaftsfuhrung|personalabteilung|hr\b"
    r"|accounts?\b|accounting|purchas|sales|human resources|comptabilite|achats|ressources humaines|contabilita"
    r"|acquisti|amministrazione|kundendienst|customer)"
)
_ORGANISATIONS = re.compile(
    r"\b(?:camera|chambre|aziende|ente|consorzio|unione|centro|cassa|ordine|magistrat|landkreis|regierung|behorde|bezirk|burgermeisteramt|finanzamt|prefecture|sous-prefecture"
    r"|departement|conseil|tribunal|regione|provincia|questura|prefettura|tribunale|borough|county|parish"
    r"|ministry|kreisverwaltung|innung|handwerkskammer|stadt|gemeinde|kanton|amt|universitat|eth|hochschule"
    r"|schule|spital|klinik|verband|stiftung|verein|bank|museum|theater|ministerium|treuhand|apotheke|hotel"
    r"|restaurant|gasthof|gasthaus|redaktion|praxis|notariat|advokatur|architekten|partner|gebruder|gebr|sohne"
    r"|sohn|tochter|cie|co|firma|garage|atelier|studio|agentur"
    r"|kirche|pfarramt|pfarrei|zentrum|club|klub|werke?|gruppe|holding|immobilien|transporte|reisen|optik"
    r"|metzgerei|backerei|konditorei|schreinerei|zimmerei"
    r"|malerei|gartnerei|druckerei|buchhandlung|carrosserie|spenglerei|elektro|sanitar|heizung\w*|kuchen|mobel"
    r"|blumen|weine?|verlag|verlage|krankenkasse|sparkasse"
    r"|commune|ville|canton|universite|ecole|hopital|clinique|ministere|fondation|association|banque"
    r"|assurances?|office|mairie|etude|cabinet|societe|ets|etablissements"
    r"|menuiserie|boulangerie|boucherie|patisserie|imprimerie|librairie|pharmacie|ateliers?|fiduciaire|regie"
    r"|entreprise|groupe|transports|editions|maison|freres|fils"
    r"|garages|construction|constructions|batiment|vins|caves|domaine|chateau|galerie|agence|centre|syndicat"
    r"|federation|comite|institut|college|lycee|caisse|mutuelle|theatre"
    r"|comune|citta|cantone|universita|scuola|ospedale|fondazione|associazione|banca|municipio|assicurazioni"
    r"|ditta|officin[ae]|fratelli|f\.lli|figli|azienda|impresa"
    r"|carrozzeria|farmacia|libreria|tipografia|cantina|falegnameria|costruzioni|edilizia|trasporti|gruppo"
    r"|cooperativa|societa|fiduciaria|agenzia|immobiliare|panificio"
    r"|pasticceria|ristorante|albergo|istituto|galleria|edizioni|legnami|mobili|arredamenti"
    r"|university|school|hospital|council|institute|foundation|society|agency|trust|group|consulting|solutions"
    r"|company|works|associates|brothers|bros|sons|partners|holdings"
    r"|insurance|bakery|engineering|trading|supplies|supply|systems|industries|industrial|logistics|foods"
    r"|estates|solicitors|surgery|library|press|publishing|publishers|studios"
    r"|services|service|international|global|technologies|technology|software|media|networks?|energy|electric"
    r"|tools|products|hosting|web|online|digital|design|labs?|resort|hotels"
    r"|stays|airlines|motors|stores?|shop|market|bureau|committee|church|chamber|board|authority|museum|gallery"
    r"|centre|center|properties|joinery|printers|builders|nurseries)\b"
    r"|\w{3,}(?:bau|erei|technik|handel|haus|werke?|verlag|bank|kasse|versicherung(?:en)?|gesellschaft|verein"
    r"|verband|stiftung|amt|schule|heim|klinik|praxis|apotheke"
    r"|garage|kanzlei|buro|zentrum|dienste?|gruppe|logistik|transporte|immobilien|treuhand|systeme|druck"
    r"|gemeinde|verwaltung|spital|hotel|genossenschaft|bibliothek|museum"
    r"|beratung|planung|montage|service|services|reinigung|gartnerei|metall|holz|elektro|kammer|gericht|anwalte"
    r"|architekten|ministerium|institut|universitat|markt|laden|shop)\b"
)
_GIVEN_NAMES = frozenset(
    """
    adam adele adrian adriana agnes agnese alain alan albert alberto aldo alessandra alessandro alessia alex
    alexander alexandra alexandre alexis alfred alice alina
    aline amelie amy ana andre andrea andreas andrew angela angelika angelo anita anja anna annalisa anne
    annemarie annette anthony antoine anton antonia antonio arianna
    armin arthur astrid audrey aurelie barbara bastien beat beatrice beatrix ben benedikt benjamin benoit
    bernard bernd bernhard bettina bianca birgit bjorn brigitte bruno
    camille carla carlo carmen carol caroline catherine cecile celine charles charlotte chiara chloe chris
    christa christian christiane christina christine christof
    christoph christophe christopher claire clara claudia claudine claudio clemence clement corinne cornelia
    cristina damien daniel daniela daniele daniela david davide deborah
    delphine denis denise diana didier dieter dietmar dirk dominik dominique doris dorothea edith eduard
    edward elena eleonora eliane elisa elisabeth elisabetta elise elizabeth
    ella ellen elsa elvira emil emilie emily emma emmanuel enrico erica eric erich erika ernst esther eugen
    eva evelyn evelyne fabian fabienne fabio fabrice federica federico
    felix ferdinand florence florian francesca francesco francine francis franco francois francoise frank
    franz franziska frederic fritz gabriel gabriela gabriele gabriella
    georg george georges gerald gerard gerda gerhard giacomo gianluca gilles giorgia giorgio giovanna
    giovanni giulia giulio giuseppe gordon grace graham greta gregor guido guillaume
    gunter gustav hannah hanna hannes hans hanspeter harald harriet harry heidi heike heiko heinrich heinz
    helen helena helene helga helmut henri henry herbert hermann
    herve hugo ian ida ilaria ines ingrid irene iris irma isabel isabella isabelle ivan ivo jack jacques
    jakob james jan jana jane janet janine jasmin jason jean jeanne
    jennifer jens jessica joachim joan joel johann johanna johannes john jonas jonathan jorg jose josef
    joseph joshua judith julia julian julie julien jurg jurgen
    karen karin karl karla kaspar katharina kathrin katja katrin kevin kim klaus konrad kristin kurt lara
    laura laurence laurent lea leo leon leonardo lena lia liam lina linda
    lionel lisa lise livia lorenz lorenzo louis louise luc luca lucas lucia lucie ludwig luigi luisa lukas
    lydia madeleine magdalena manfred manon manuel manuela mara marc
    marcel marcello marco margaret margareta margherita margrit maria marianne marie marina mario marion
    mark markus marta martha martial martin martina martine mary mathias mathieu
    mathilde matteo matthew matthias maurice mauro max maxime maya melanie melissa mia michael michaela
    michel michela michele micheline mike miriam mirjam monica monika moritz
    nadia nadine nadja nancy natalie nathalie nelly nicholas nick nicola nicolas nicole nico niklaus nina
    noah noemi norbert nora nuria odile olaf oliver olivia olivier
    oscar oskar otto pamela paola paolo pascal patricia patrick patrizia paul paula pauline peter petra
    philip philipp philippe pia pierre pietro priska rachel raffaele rahel
    rainer ralf ralph raphael raymond rebecca regina regula reinhard remo renata renate rene reto riccardo
    richard rita robert roberta roberto roger roland rolf roman romain rosa
    rosemarie ruben rudolf ruth sabine sabrina salvatore samuel sandra sandro sara sarah sascha sebastian
    serge sergio severin sharon sibylle silke silvan silvia simon simona
    simone sofia sonia sonja sophia sophie stefan stefania stefanie stefano stephan stephane stephanie
    stephen steve steven susan susanna susanne sven sylvia sylvie tamara
    tanja tatjana teresa theo theodor theres therese thierry thomas tim timo tobias tom toni urs ursina
    ursula ute uwe valentin valentina valerie vanessa vera verena veronika veronique
    victor victoria viktor vincent vincenzo viola virginia virginie vivian walter wendy werner wilhelm willi
    william wolfgang xavier yann yannick yves yvette yvonne zoe taylor
    jenny kate lucy bob bill joe anne-marie hans-peter jean-pierre jean-claude jean-luc marie-claire
    karl-heinz hans-jurg marc-antoine pierre-alain ueli fritz vreni ruedi köbi
    """.split()
)


def is_given_name(word: str) -> bool:
    """Tell whether a folded word is a usual given name of the four languages."""
    return word.strip(".,") in _GIVEN_NAMES


def names_organisation(plain: str) -> bool:
    """Tell whether a folded line has a word of organisations: a trade, an office, a school."""
    return bool(_ORGANISATIONS.search(plain))
