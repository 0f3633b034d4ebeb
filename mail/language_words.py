"""The small words by which a language shows: articles, prepositions, pronouns, verbs of every letter."""

WORDS = {
    "de": """
        der die das und ist nicht ich sie wir ein eine einen einem einer eines mit für auf von den dem des zu
        zum zur im am an bei aus nach über auch noch nur wenn dass ob oder aber wie was wird werden wurde wurden
        haben hat hatte sind war kann können möchte möchten würde bitte danke vielen dank ihnen ihre ihr ihren
        uns unser unsere mir mich sehr geehrte geehrter herr frau guten tag hallo liebe lieber grüsse grüße
        freundliche freundlichen anbei bereits gerne morgen heute damit sich dieser diese dieses es keine kein
        er man so sowie bis um als durch unter gegen ohne jetzt schon bin habe soll müssen""",
    "fr": """
        le la les de des du un une et est pas ne que qui dans pour par sur avec sans nous vous je il elle on ce
        cette ces mon ma mes votre vos notre nos leur leurs au aux être avoir été sont ont ai avez avons suis
        plus mais ou où donc si bien merci bonjour madame monsieur cordialement salutations veuillez pouvez
        voudrais afin ainsi car chez comme entre très tout toute tous même aussi encore déjà lors selon dès
        jusqu'au prochain prochaine semaine jour heures ci-joint qu'il c'est d'une d'un l'offre n'est fait faire
        peut cela rien quelle quel moi se sa son ses en y""",
    "it": """
        il lo la i gli le un uno una di del della dei degli delle dello da dal dalla dai dalle in nel nella nei
        nelle con per su sul sulla tra fra che chi non è sono ha hanno ho abbiamo siamo essere avere stato stata
        ma se come anche più questo questa quello quella questi queste suo sua loro nostro nostra vostro vostra
        ci vi mi ti lei noi voi buongiorno buonasera grazie gentile egregio signora signor cordiali distinti
        saluti prego potete può possiamo vorrei allegato allegata già ancora quando dove dopo prima ogni tutto
        tutti alla alle allo al agli ai ed così perché presso entro circa oggi domani""",
    "en": """
        the of and to a in is that it for on with as are was were be been have has had not this these those we
        you i he she they our your my their his her its at by from or but if would could should will can please
        thank thanks dear hello hi regards kind there which who what when where how about any all some no yes do
        does did let know me us them an so up out just than then attached tomorrow today next week also very
        soon before after into more other get need i'm don't it's we'll i've""",
    "es": """
        el la los las un una unos unas de del y es en que no por para con sin sobre se su sus lo al como más
        pero o si este esta estos estas eso ese esa nos nosotros usted ustedes me mi le les ha han hemos he está
        están son ser estar hay fue también muy ya cuando donde desde hasta hola buenos días buenas tardes
        gracias estimado estimada señor señora saludos cordiales atentamente adjunto adjunta favor puede podemos
        quisiera nuestro nuestra porque entre todo todos mañana hoy semana hacer""",
    "pt": """
        o a os as um uma uns umas de do da dos das e é em no na nos nas que não por para com sem sobre se seu
        sua seus suas ao à como mais mas ou este esta isto isso esse essa nós você vocês me meu minha lhe tem
        têm temos foi são ser estar está estão também muito já quando onde desde até olá bom dia boa tarde
        obrigado obrigada prezado prezada senhor senhora cumprimentos atenciosamente anexo pode podemos gostaria
        nosso nossa porque entre tudo todos amanhã hoje semana pelo pela pelos""",
    "nl": """
        de het een en is niet ik u we wij je jij van voor op met aan in te dat die dit deze er om bij uit naar
        over ook nog maar als dan of wel geen zijn was waren heeft hebben had kan kunnen wil willen zou zullen
        wordt worden graag bedankt dank beste geachte heer mevrouw groet groeten vriendelijke hallo goedemorgen
        goedemiddag mij ons onze uw jullie hun ze zij hij haar alvast bijlage morgen vandaag week even weten
        laat door tot tussen zonder omdat wat wie waar wanneer hoe""",
    "sv": """
        och att det är inte jag du vi ni en ett som för på med av till från om har hade kan kommer ska skulle
        vill den de här där när hur vad eller men så också mycket tack hej hälsningar vänliga vänlig mig er oss
        vår våra din ditt bifogat ser även inga var vid efter innan under över mellan utan behöver få får gärna""",
    "da": """
        og at det er ikke jeg du vi i en et som for på med af til fra om har havde kan kommer skal skulle vil
        den de her der når hvordan hvad eller men så også meget tak hej hilsen venlig mig jer os vores din dit
        vedhæftet ser venligst nogle efter noget bliver være været lige gerne mellem uden hvis kunne jeres""",
    "no": """
        og at det er ikke jeg du vi dere en et som for på med av til fra om har hadde kan kommer skal skulle vil
        den de her der når hvordan hva eller men så også mye takk hei hilsen vennlig meg oss vår våre din ditt
        vedlagt ser noen etter noe blir være vært gjerne mellom uten hvis kunne deres""",
    "fi": """
        ja on ei se että en hän me te ovat oli olen olemme olisi voi voitte voisi kun jos mutta tai myös sekä
        kuin niin tämä tämän nyt vielä kiitos hei terveisin ystävällisin meidän teidän mukaan kanssa jälkeen
        ennen liitteenä mitä missä milloin hyvää päivää huomenna tänään ole voisitteko joka jotka""",
    "pl": """
        i w nie na się z do że to jest o jak ale po co tak za od są by czy przez dla dzień dobry dziękuję proszę
        pan pani państwa pozdrawiam szanowny szanowna załączeniu będzie jeszcze tylko oraz przy być może możemy
        mam mamy nas nam już także który która które ich jego jej tym tego ten ta te lub jutro dziś""",
    "cs": """
        a v je na se že to s z do o jak ale po co tak za od jsou by pro dobrý den děkuji prosím pan paní
        pozdravem bude ještě jen nebo při být může můžeme mám máme nás nám již také který která které jejich
        jeho její tím toho ten ta ty zítra dnes aby jsem jsme byl byla bylo přeji vážený vážená""",
    "hu": """
        a az és nem is hogy egy van volt ez ezt azt meg csak már még de ha vagy mint lesz kell lehet kérem
        köszönöm köszönjük tisztelt üdvözlettel jó napot kedves szerint után előtt alatt nekem önnek önök
        mellékelten holnap ma hét kérjük illetve""",
    "ro": """
        și si în nu este pe la cu de o un din că ce care pentru sunt am ai a au fost mai sau dacă vă va vom bună
        ziua mulțumesc mulțumim stimate stimată rog rugăm respect anexat după până între fără toate acest
        această mâine astăzi săptămâna noastră""",
    "tr": """
        ve bir bu için ile da de ne mi mı çok daha var yok olarak olan gibi kadar sonra önce merhaba teşekkürler
        teşekkür ederim sayın iyi günler saygılarımla lütfen ben biz siz bize size ekte yarın bugün hafta veya
        ama değil olduğu rica ederiz""",
    "hr": """
        i je u na se da za od su s ne to kako ali po što ili sam smo ste bi će biti može možemo molim hvala
        poštovani poštovana dobar dan pozdrav lijep vam vas nas nam naš vaš koji koja koje još samo već također
        prije poslije sutra danas bez""",
    "sl": """
        in je na se da za so v z ne to kako ali po kaj ter sem smo ste bi bo bodo biti lahko prosim hvala
        spoštovani spoštovana dober dan lep pozdrav vam vas nas nam naš vaš ki še samo že tudi pred jutri danes
        brez pri kot če""",
}
