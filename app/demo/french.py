"""Letters in French."""

from app.demo.story import Language, stories

_STORIES = """
# Offre {number} : {product}
@us 0 html Offre-{number}.pdf
merci de votre demande. Nous avons le plaisir de vous proposer {quantity} × {product} au prix de {amount} hors taxes,
livraison et montage compris. Vous trouverez l'offre en annexe ; elle est valable jusqu'au {later}.

{reason}
@them 4 plain
merci pour l'offre {number}. Serait-il possible d'avoir un échantillon du tissu avant de nous décider ? Le délai du
{later} nous convient.
@us 1 plain
l'échantillon part aujourd'hui par la poste. Gardez-le aussi longtemps qu'il vous plaira.
@them 5 plain Commande-{number}.pdf
l'échantillon nous a convaincus : voici la commande signée. Merci de nous annoncer la livraison deux jours à l'avance.

# Livraison {number} : retard
@them 0 plain
nous attendions hier {quantity} × {product} et rien n'est arrivé. L'équipe emménage le {later} ; sans meubles, ce sera
difficile. Où en est la livraison {number} ?
@us 0 plain
toutes nos excuses : le camion est resté bloqué en douane. La livraison est maintenant prévue demain entre 8 et 10 heures,
et nous vous offrons le montage.
@them 2 plain
tout est arrivé et monté. L'équipe est ravie, merci pour votre réaction rapide.

# Invitation : journée portes ouvertes du {later}
@us 0 html Programme.pdf
le {later}, nous présentons notre nouvelle collection : {product} et bien d'autres choses. Visite de l'atelier à 16 heures,
apéritif ensuite. Nous serions très heureux de vous accueillir.
@them 3 plain
c'est avec plaisir que nous viendrons, à trois si possible. Y a-t-il une gare à proximité ?
@us 1 plain
vous êtes inscrits à trois. La gare est à cinq minutes à pied, le plan est sur le programme.

# Facture {number}
@them 0 plain
la facture {number} de {amount} nous est parvenue deux fois, avec deux dates différentes. Laquelle faut-il régler ?
@us 1 plain Facture-{number}.pdf
une seule, rassurez-vous. La bonne est celle qui est jointe ; l'autre est annulée. {reason}
@them 1 plain
merci pour la précision, le paiement part cette semaine.

# Réclamation : {product}
@them 0 html
l'un des articles livrés ({product}) s'est cassé après trois mois à peine. À {amount}, ce n'est pas acceptable. Que
proposez-vous ?
@us 0 plain
vous avez raison, cela ne doit pas arriver. Notre technicien passera le {later} avec une pièce neuve ; la garantie couvre
tout. {reason}
@them 7 plain
la réparation est faite et le résultat est solide. Affaire classée.

# Visite chez vous le {later}
@us 0 plain
je serai dans votre région le {later} et j'aimerais prendre les mesures pour {product}. Est-ce que 9 h 30 vous conviendrait ?
@them 1 plain
parfait, demandez-moi à la réception. N'oubliez pas le catalogue des couleurs.

# Compte rendu de notre entretien
@us 0 plain Compte-rendu.pdf
voici le compte rendu de notre entretien. Reste à faire : échantillons de {product} d'ici au {later}, plan de montage,
budget de {amount}. {reason}
@them 2 plain
merci, rien à ajouter de mon côté. Je m'occupe du plan avec le concierge.
"""

FRENCH = Language(
    greetings=("Bonjour {who},", "{who},", "Bonjour {who},"),
    closings=("Meilleures salutations", "Cordialement", "Avec nos salutations les meilleures"),
    quoting="Le {date}, {name} a écrit :",
    reply="RE: ",
    products=(
        "bureaux réglables Fläsch",
        "sièges de bureau Säntis",
        "parois acoustiques Chuchote",
        "tables de réunion Forêt",
        "armoires Trésor",
        "fauteuils Engelberg",
        "lampadaires Aurore",
    ),
    reasons=(
        "Je reste à votre entière disposition.",
        "Notre monteur connaît déjà vos locaux, ce sera vite fait.",
        "Je suis au bureau jusqu'à vendredi, un collègue me remplace ensuite.",
        "Nous avons tenu compte de l'escalier étroit.",
    ),
    stories=stories(_STORIES),
)
