import { MOST_LINES } from '../schemas/mapping.ts';

/**
 * Lines that voices are compared in, by BCP 47 language without a region: rich in sounds, neutral, without names or digits.
 * The studio’s own. The first three of a language have nearly all of its sounds, for often no more are spoken; a question
 * and an exclamation are among them, so that the melody of a voice is heard, too.
 */
const LINES: Readonly<Record<string, readonly string[]>> = {
  en: [
    'Usually we enjoy thick vegetable soup with good bread and yellow cheese before the long journey north.',
    'The mayor’s house stands quite near the harbour, where a pure white fountain plays on warm summer days.',
    'She found her old leather coat under a chair, just as the noisy crowd rushed out onto the shore.',
    'A gentle voice on the radio said that thin clouds would clear during the night and the sun would shine.',
    'Please choose a measured tone when you read this message, and pause for breath after each point.',
    'The young cook carved a big fish on the kitchen table and served it with fried onions and rice.',
    'Few people know how much joy an hour of leisure beside a broad river can bring to a tired mind.',
    'We could hear both engines humming while the ship moved slowly away through the morning fog.',
    'Their teacher drew a huge square on the board and asked which curious corner looked unusual to us.',
    'Is the path through the forest safe at night, or should we go by the wider road along the shore?',
    'Nothing in the garage was broken, yet the boys checked every tool, rope and chain with care.',
    'What a beautiful view! The whole valley turns orange and purple just before the stars appear.',
  ],
  de: [
    'Am frühen Morgen zogen zwölf Fischerboote bei leichtem Nebel langsam aus dem schönen alten Hafen.',
    'Die junge Köchin schält Äpfel, mischt Zucker und Zimt dazu und schiebt den Kuchen in den heißen Ofen.',
    'Weiß jemand, ob der Zug nach Süden heute pünktlich fährt oder ob wir noch einen Tee trinken können?',
    'Über den Bergen leuchtet der Himmel tiefblau, während unten im Tal schon die ersten Lampen angehen.',
    'Der Jäger und sein Hund suchten Schutz vor dem Gewitter und blieben bis zum Abend in der Hütte.',
    'Wie schön! Nun klingt die alte Geige wieder so voll und warm wie in den besten Jahren des Orchesters.',
  ],
  fr: [
    'Chaque matin, le boulanger du village prépare un bon pain brun que tous les voisins trouvent délicieux.',
    'Au bord de la rivière, huit oiseaux blancs cherchent leur nourriture parmi les feuilles mouillées.',
    'Voulez-vous prendre le train de onze heures, ou préférez-vous rester encore un jour à la montagne ?',
    'La jeune musicienne joue doucement du piano pendant que la pluie tombe sur le toit de la maison.',
    'Il faut agiter légèrement le mélange, puis ajouter du beurre, du sucre et un peu de fleur d’oranger.',
    'Quelle belle surprise ! On a peint le grand mur en bleu clair, et toute la rue paraît plus lumineuse.',
  ],
  es: [
    'Cada mañana, el panadero del barrio abre su pequeña tienda y llena la calle de un olor muy agradable.',
    'El niño corrió hacia el jardín porque había visto un gato gris dormido bajo la higuera.',
    '¿Prefieres que salgamos temprano hacia la playa o que esperemos hasta que deje de llover?',
    'Los viejos pescadores regresaron al puerto con las redes llenas y cantaron alegres toda la noche.',
    'Hace mucho frío en la sierra, así que conviene llevar guantes, un buen abrigo y zapatos gruesos.',
    '¡Qué canción tan dulce! La joven guitarrista ensaya mientras su abuelo lee junto a la chimenea.',
  ],
  it: [
    'Ogni mattina il fornaio apre la bottega e riempie la piazza di un dolce profumo di pane fresco.',
    'La figlia del giardiniere raccoglie ciliegie mature e le mette con cura in una grande cesta di legno.',
    'Preferisci prendere il treno delle undici oppure aspettare qui finché smette di piovere?',
    'Gli anziani pescatori tornarono al porto con le reti piene e cantarono fino a notte fonda.',
    'Lo zio scelse una giacca azzurra, un paio di guanti pesanti e uscì in fretta sotto la neve.',
    'Che bella luce c’è stasera sulle colline, proprio quando il sole scende dietro gli ulivi!',
  ],
  pt: [
    'Todas as manhãs o padeiro abre a pequena loja e enche a rua de um cheiro muito agradável a pão quente.',
    'O menino correu para o jardim porque viu um gato cinzento que dormia debaixo da velha figueira.',
    'É melhor sairmos cedo para a praia ou esperarmos mais um pouco, até que a chuva passe?',
    'Os pescadores voltaram ao porto com as redes cheias e cantaram alegremente durante toda a noite.',
    'Faz muito frio na serra, e por isso convém levar luvas, um bom casaco e sapatos de sola grossa.',
    'Que canção tão doce! A jovem guitarrista ensaia enquanto o avô lê o jornal junto da janela.',
  ],
  pl: [
    'Każdego ranka piekarz otwiera mały sklep, a cała ulica pachnie świeżym chlebem i słodkim dżemem.',
    'Chłopiec pobiegł do ogrodu, ponieważ zobaczył szarego kota śpiącego pod starą gruszą.',
    'Czy wolisz pojechać pociągiem nad morze, czy raczej poczekać, aż przestanie padać deszcz?',
    'Starzy rybacy wrócili do portu z pełnymi sieciami i śpiewali wesoło aż do późnej nocy.',
    'W górach jest dziś bardzo zimno, więc warto zabrać rękawice, gruby płaszcz i mocne buty.',
    'Jaka piękna melodia! Młoda skrzypaczka ćwiczy, a jej dziadek czyta gazetę przy otwartym oknie.',
  ],
  nl: [
    'Elke ochtend opent de bakker zijn kleine winkel en ruikt de hele straat naar vers gebakken brood.',
    'De jongen rende naar de tuin, want hij zag een grijze kat slapen onder de oude pruimenboom.',
    'Zullen we vroeg naar het strand vertrekken, of wachten we liever tot het niet meer regent?',
    'De vissers kwamen met volle netten terug in de haven en zongen vrolijk tot diep in de nacht.',
    'In de heuvels is het vandaag koud, dus neem handschoenen, een goede jas en stevige schoenen mee.',
    'Wat een mooi deuntje! De jonge violiste oefent rustig, terwijl haar opa bij het vuur de krant leest.',
  ],
  hi: [
    'हर सुबह बेकरी की छोटी दुकान खुलते ही पूरी गली में ताज़ी रोटी की मीठी खुशबू फैल जाती है।',
    'लड़का बगीचे की ओर दौड़ा, क्योंकि उसने पुराने आम के पेड़ के नीचे एक भूरी बिल्ली को सोते देखा।',
    'क्या आप जल्दी नदी की तरफ़ चलना चाहेंगे, या बारिश रुकने तक यहीं ठहरना ठीक रहेगा?',
    'मछुआरे शाम ढलने पर भरे हुए जालों के साथ घाट पर लौटे और देर रात तक गीत गाते रहे।',
    'पहाड़ों में आज बहुत ठंड है, इसलिए दस्ताने, मोटा कोट और मज़बूत जूते साथ ले जाना अच्छा होगा।',
    'कितनी मधुर धुन है! दादाजी अख़बार पढ़ रहे हैं, और पास बैठी बच्ची धीरे-धीरे सितार बजा रही है।',
  ],
  ja: [
    '毎朝、町の小さなパン屋が店を開けると、通り全体に焼きたての香りが広がります。',
    '少年は庭へ走っていき、古い木の下で眠っている灰色の猫をそっと見つめました。',
    '早めに海へ出かけましょうか、それとも雨がやむまでここで待ちましょうか。',
    '漁師たちは網をいっぱいにして港へ戻り、夜遅くまで陽気に歌い続けました。',
    '山の上は今日とても寒いので、手袋と厚い上着、それに丈夫な靴を持っていくと安心です。',
    'なんてきれいな曲でしょう！祖父は窓のそばで、ゆっくり新聞を読みながら聞いています。',
  ],
  zh: [
    '每天清晨，面包店的小门一打开，整条街就飘满了刚出炉的香味。',
    '男孩跑进花园，因为他看见一只灰猫正睡在老树下面。',
    '我们是早点出发去海边，还是在这里等到雨停再走呢？',
    '渔民们带着满满的渔网回到港口，高兴地唱歌直到深夜。',
    '山上今天非常寒冷，最好带上手套、厚外套和一双结实的鞋。',
    '多么好听的曲子！年轻的琴师轻轻练习，爷爷坐在窗边慢慢地读报纸。',
  ],
  ko: [
    '매일 아침 작은 빵집이 문을 열면 갓 구운 빵 냄새가 온 거리에 퍼집니다.',
    '소년은 오래된 나무 아래에서 잠든 회색 고양이를 보고 뜰로 뛰어갔습니다.',
    '일찍 바닷가로 떠날까요, 아니면 비가 그칠 때까지 여기서 기다릴까요?',
    '어부들은 그물을 가득 채워 항구로 돌아와 밤늦도록 즐겁게 노래했습니다.',
    '산 위는 오늘 무척 추우니 장갑과 두꺼운 외투, 튼튼한 신발을 챙기는 것이 좋습니다.',
    '참 아름다운 곡이네요! 할아버지는 창가에서 천천히 신문을 읽으며 듣고 계십니다.',
  ],
  ru: [
    'Каждое утро пекарь открывает маленькую лавку, и вся улица пахнет свежим тёплым хлебом.',
    'Мальчик побежал в сад, потому что увидел серую кошку, спящую под старой грушей.',
    'Вы хотите поехать к морю пораньше или лучше подождать здесь, пока не кончится дождь?',
    'Рыбаки вернулись в гавань с полными сетями, зажгли фонари и весело пели до поздней ночи.',
    'В горах сегодня очень холодно, поэтому возьмите перчатки, тёплый плащ и крепкую обувь.',
    'Какая чудесная мелодия! Юная скрипачка играет, а дедушка у окна не спеша читает газету.',
  ],
  tr: [
    'Her sabah fırıncı küçük dükkânını açar ve bütün sokak taze ekmek kokusuyla dolar.',
    'Çocuk bahçeye doğru koştu, çünkü yaşlı ağacın altında uyuyan gri bir kedi görmüştü.',
    'Erkenden deniz kıyısına mı gidelim, yoksa yağmur dinene kadar burada mı bekleyelim?',
    'Balıkçılar dolu ağlarla limana döndü ve gece geç saatlere kadar neşeyle şarkı söyledi.',
    'Dağlarda bugün hava çok soğuk, bu yüzden eldiven, kalın bir palto ve sağlam ayakkabı almalısın.',
    'Ne güzel bir ezgi! Genç müzisyen çalışırken dedesi pencerenin yanında yavaşça gazete okuyor.',
  ],
  ar: [
    'في كل صباح يفتح الخباز دكانه الصغير، فيمتلئ الشارع كله برائحة الخبز الطازج.',
    'ركض الولد نحو الحديقة لأنه رأى قطة رمادية نائمة تحت ظل شجرة قديمة.',
    'هل نذهب مبكرا إلى شاطئ البحر، أم ننتظر هنا حتى يتوقف المطر؟',
    'عاد الصيادون إلى الميناء بشباك مليئة، وظلوا يغنون بفرح حتى وقت متأخر من الليل.',
    'الجو بارد جدا في الجبال اليوم، لذلك خذ معك قفازين ومعطفا ثقيلا وحذاء قويا.',
    'ما أجمل هذا اللحن! يعزف الفتى على العود بهدوء، بينما يقرأ جده الصحيفة قرب النافذة المضيئة.',
  ],
};

const OTHERS = 'en';

/** Tags under which providers list a language that has its lines under another one (ISO 639-3: Mandarin). */
const ALIASES: Readonly<Record<string, string>> = { cmn: 'zh' };

/** Languages that there are lines of, as BCP 47 tags without a region. */
export const STANDARD_LANGUAGES: readonly string[] = Object.keys(LINES);

/**
 * Lines that voices are compared in, the ones first that have most of the language’s sounds.
 *
 * @param language BCP 47 tag, whose region does not matter; where there are no lines of it, or it is null, they are English
 */
export function standardLines(language: string | null): string[] {
  const base = language?.split('-')[0]?.toLowerCase() ?? OTHERS;
  const known = ALIASES[base] ?? base;
  return (STANDARD_LANGUAGES.includes(known) ? LINES[known] : LINES[OTHERS])?.slice(0, MOST_LINES) ?? [];
}
