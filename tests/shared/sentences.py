"""Two short texts in each language that pages may be set in: a title and a paragraph.

They are the name and the first article of the Universal Declaration of Human Rights (1948), as the
United Nations publish it in these languages, for everyone to use; Hmong and Sorani are our own.
"""

from __future__ import annotations

# language (BCP 47): title
TITLES = {
    "en": "Universal Declaration of Human Rights",
    "es": "Declaración Universal de Derechos Humanos",
    "fr": "Déclaration universelle des droits de l’homme",
    "ht": "Deklarasyon linivèsèl Dwa Moun",
    "pt": "Declaração dos Direitos Humanos",
    "pl": "Powszechna deklaracja praw człowieka",
    "tr": "İnsan hakları evrensel beyannamesi",
    "ro": "Declarația universală a drepturilor omului",
    "so": "Baaqa Caalamiga ee Xuquuqda Aadanaha",
    "tl": "PANDAIGDIG NA PAGPAPAHAYAG NG MGA KARAPATAN NG TAO",
    "hmn": "Tsab Ntawv Tshaj Tawm Txog Tib Neeg Txoj Cai",
    "vi": "Tuyên ngôn toàn thế giới về nhân quyền của Liên Hợp Quốc",
    "yo": "Ìkéde Káríayé fún Ẹ̀tọ́ Ọmọnìyàn",
    "nv": "Beehazą́ą Ił Chʼétʼaah",
    "haw": "ʻŌlelo Hoʻolaha no nā Pono Kanaka",
    "ku": "Danezana gerdûnî ya mafên mirov",
    "ru": "Всеобщая декларация прав человека",
    "uk": "Загальна декларація прав людини",
    "el": "Οικουμενική διακήρυξη για τα ανθρώπινα δικαιώματα",
    "ar": "الإعلان العالمي لحقوق الإنسان",
    "fa": "اعلامیه جهانی حقوق بشر",
    "ur": "انسانی حقوق کا عالمی منشور",
    "ps": "دبشر د حقوقو نړيواله اعلاميه",
    "ckb": "جاڕنامەی گەردوونی مافی مرۆڤ",
    "he": "הכרזה לכל באי עולם בדבר זכויות האדם",
    "hi": "मानव अधिकारों की सार्वभौम घोषणा",
    "ne": "मानव अधिकारको विश्वव्यापी घोषणा",
    "bn": "মানবাধিকারের সার্বজনীন ঘোষণাপত্র",
    "pa": "ਮਨੁੱਖੀ ਅਧਿਕਾਰਾਂ ਬਾਰੇ ਵਿਸ਼ਵਵਿਆਪੀ ਐਲਾਨਨਾਮਾ",
    "ta": "மனித உரிமைகள் பற்றிய உலகப் பிரகடனம்",
    "te": "మానవస్వత్వముల సార్వలౌకిక ప్రకటన",
    "gu": "માનવ અધિકારોની વિશ્વવ્યાપી ઘોષણા",
    "th": "ปฏิญญาสากลว่าด้วยสิทธิมนุษยชน",
    "lo": "ປະກາດສາກົນ ກ່ຽວກັບສິດຂອງມະນຸດ",
    "km": "សេចក្ដីប្រកាសជាសកលស្ដីពីសិទ្ធិមនុស្ស",
    "my": "အပြည်ပြည်ဆိုင်ရာ လူ့အခွင့်အရေး ကြေညာစာတမ်း",
    "am": "ሁለን አቀፍ የሰብአዊ መብት መግለጫ",
    "ti": "ዓለምለኻዊ ድንጋገ ሰብኦዊ መሰላት",
    "zh-Hans": "世界人权宣言",
    "zh-Hant": "世界人權宣言",
    "ja": "世界人権宣言",
    "ko": "세계 인권 선언",
    "chr": "ᏂᎬᎾᏛ ᏗᎦᏃᏣᎳᏅᎢ ᎠᏂᏴᏫ ᎤᏂᎲ ᎢᏳᎾᏛᏗᎢ",
    "hy": "Մարդու իրավունքների համընդհանուր հռչակագիր",
    "ka": "ადამიანთა უფლებების საყოველთაო დეკლარაცია",
}
# language (BCP 47): paragraph
SENTENCES = {
    "en": (
        "All human beings are born free and equal in dignity and rights. They are endowed "
        "with reason and conscience and should act towards one another in a spirit of "
        "brotherhood."
    ),
    "es": (
        "Todos los seres humanos nacen libres e iguales en dignidad y derechos y, dotados "
        "como están de razón y conciencia, deben comportarse fraternalmente los unos con los "
        "otros."
    ),
    "fr": (
        "Tous les êtres humains naissent libres et égaux en dignité et en droits. Ils sont "
        "doués de raison et de conscience et doivent agir les uns envers les autres dans un "
        "esprit de fraternité."
    ),
    "ht": (
        "Tout moun sou tè a fèt tou lib. Tout gen menm valè (nan je lasosyete), tout moun "
        "gen menm dwa devan Lalwa. Tout moun fèt ak yon bonsans, tout fèt ak yon konsyans "
        "epi youn fèt pou trete lòt tankou frè ak sè."
    ),
    "pt": (
        "Todos os seres humanos nascem livres e iguais em dignidade e direitos. São dotados "
        "de razão e consciência e devem agir em relação uns aos outros com espírito de "
        "fraternidade."
    ),
    "pl": (
        "Wszyscy ludzie rodzą się wolni i równi pod względem swej godności i swych praw. Są "
        "oni obdarzeni rozumem i sumieniem i powinni postępować wobec innych w duchu "
        "braterstwa."
    ),
    "tr": (
        "Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar. Akıl ve vicdana "
        "sahiptirler ve birbirlerine karşı kardeşlik zihniyeti ile hareket etmelidirler."
    ),
    "ro": (
        "Toate ființele umane se nasc libere și egale în demnitate și în drepturi. Ele sunt "
        "înzestrate cu rațiune și conștiință și trebuie să se comporte unele față de altele "
        "în spiritul fraternității."
    ),
    "so": (
        "Aadanaha dhammaantiis wuxuu dhashaa isagoo xor ah kana siman xagga sharafta iyo "
        "xuquuqada Waxaa Alle (Ilaah) siiyay aqoon iyo wacyi, waana in qof la arkaa qofka "
        "kale ula dhaqmaa si walaaltinimo ah."
    ),
    "tl": (
        "Ang lahat ng tao'y isinilang na malaya at pantay-pantay sa karangalan at mga "
        "karapatan. Sila'y pinagkalooban ng katwiran at budhi at dapat magpalagayan ang "
        "isa't isa sa diwa ng pagkakapatiran."
    ),
    "hmn": (
        "Txhua tus neeg yug los muaj kev ywj pheej thiab sib npaug zos hauv lub meej mom "
        "thiab cov cai. Lawv muaj lub siab xav thiab paub qhov zoo, thiab yuav tsum coj zoo "
        "rau ib leeg li kwv tij."
    ),
    "vi": (
        "Tất cả mọi người sinh ra đều được tự do và bình đẳng về nhân phẩm và quyền. Mọi con "
        "người đều được tạo hoá ban cho lý trí và lương tâm và cần phải đối xử với nhau "
        "trong tình bằng hữu."
    ),
    "yo": (
        "Gbogbo ènìyàn ni a bí ní òmìnira; iyì àti ẹ̀tọ́ kọ̀ọ̀kan sì dọ́gba. Wọ́n ní ẹ̀bùn "
        "ti làákàyè àti ti ẹ̀rí‐ọkàn, ó sì yẹ kí wọn ó máa hùwà sí ara wọn gẹ́gẹ́ bí ọmọ ìyá."
    ),
    "nv": (
        "Bilaʼashdaʼii tʼáá ałtsoh yiníkʼehgo bidizhchįh dóó aheełtʼeego ílį́į́go bee "
        "baahóchįʼ. Eíí háníʼ dóó hánítshakees hwiihdaasyaʼ eíí binahjį́ʼ ahidiníłnáhgo "
        "álíleekʼehgo kʼé bee ahił niidlį́."
    ),
    "haw": (
        "Hānau kūʻokoʻa ʻia nā kānaka apau loa, a ua kau like ka hanohano a me nā pono "
        "kīvila ma luna o kākou pākahi. Ua kuʻu mai ka noʻonoʻo pono a me ka ʻike pono ma "
        "luna o kākou, no laila, e aloha kākou kekahi i kekahi."
    ),
    "ku": (
        "Hemû mirov azad û di weqar û mafan de wekhev tên dinyayê. Ew xwedî hiş û şuûr in û "
        "divê li hember hev bi zihniyeteke bratiyê bilivin."
    ),
    "ru": (
        "Все люди рождаются свободными и равными в своем достоинстве и правах. Они наделены "
        "разумом и совестью и должны поступать в отношении друг друга в духе братства."
    ),
    "uk": (
        "Всі люди народжуються вільними і рівними у своїй гідності та правах. Вони наділені "
        "розумом і совістю і повинні діяти у відношенні один до одного в дусі братерства."
    ),
    "el": (
        "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια και τα δικαιώματα. "
        "Είναι προικισμένοι με λογική και συνείδηση, και οφείλουν να συμπεριφέρονται μεταξύ "
        "τους με πνεύμα αδελφοσύνης."
    ),
    "ar": (
        "يولد جميع الناس أحرارًا متساوين في الكرامة والحقوق. وقد وهبوا عقلاً وضميرًا وعليهم "
        "أن يعامل بعضهم بعضًا بروح الإخاء."
    ),
    "fa": (
        "تمام افراد بشر آزاد بدنیا میایند و از لحاظ حیثیت و حقوق با هم برابرند. همه دارای "
        "عقل و وجدان میباشند و باید نسبت بیکدیگر با روح برادری رفتار کنند."
    ),
    "ur": (
        "تمام انسان آزاد اور حقوق و عزت کے اعتبار سے برابر پیدا ہوئے ہیں۔ انہیں ضمیر اور عقل "
        "ودیعت ہوئی ہے۔ اس لئے انہیں ایک دوسرے کے ساتھ بھائی چارے کا سلوک کرنا چاہیئے۔"
    ),
    "ps": (
        "د بشر ټول افراد ازاد نړۍ ته راځي او د حيثيت او د حقوقو له پلوه سره برابر دي۔ ټول د "
        "عقل او وجدان خاوندان دي او بايد يو له بل سره د ورورۍ په روحيه سره چلنند کړي۔"
    ),
    "ckb": (
        "هەموو مرۆڤەکان ئازاد و لە ڕوومەت و مافدا یەکسان لەدایک دەبن. ئەوان خاوەنی ئەقڵ و "
        "ویژدانن و دەبێ بە گیانی برایەتی لەگەڵ یەکتردا بجووڵێنەوە."
    ),
    "he": (
        "כל בני אדם נולדו בני חורין ושווים בערכם ובזכויותיהם. כולם חוננו בתבונה ובמצפון, "
        "לפיכך חובה עליהם לנהוג איש ברעהו ברוח של אחוה."
    ),
    "hi": (
        "सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता और समानता प्राप्त "
        "है । उन्हें बुद्धि और अन्तरात्मा की देन प्राप्त है और परस्पर उन्हें भाईचारे के भाव "
        "से बर्ताव करना चाहिए ।"
    ),
    "ne": (
        "सबै व्यक्ति हरू जन्मजात स्वतन्त्र हुन ती सबैको समान अधिकार र महत्व छ। निजहरूमा "
        "विचार शक्ति र सद्धिचार भएकोले निजहरूले आपसमा भातृत्वको भावना बाट व्यवहार गर्नु पर्छ।"
    ),
    "bn": (
        "সমস্ত মানুষ স্বাধীনভাবে সমান মর্যাদা এবং অধিকার নিয়ে জন্মগ্রহণ করে। তাঁদের বিবেক "
        "এবং বুদ্ধি আছে; সুতরাং সকলেরই একে অপরের প্রতি ভ্রাতৃত্বসুলভ মনোভাব নিয়ে আচরণ করা "
        "উচিত।"
    ),
    "pa": (
        "ਸਾਰਾ ਮਨੁੱਖੀ ਪਰਿਵਾਰ ਆਪਣੀ ਮਹਿਮਾ, ਸ਼ਾਨ ਅਤੇ ਹੱਕਾਂ ਦੇ ਪੱਖੋਂ ਜਨਮ ਤੋਂ ਹੀ ਆਜ਼ਾਦ ਹੈ ਅਤੇ ਸੁਤੇ "
        "ਸਿੱਧ ਸਾਰੇ ਲੋਕ ਬਰਾਬਰ ਹਨ । ਉਨ੍ਹਾਂ ਸਭਨਾ ਨੂੰ ਤਰਕ ਅਤੇ ਜ਼ਮੀਰ ਦੀ ਸੌਗਾਤ ਮਿਲੀ ਹੋਈ ਹੈ ਅਤੇ "
        "ਉਨ੍ਹਾਂ ਨੂੰ ਭਰਾਤਰੀਭਾਵ ਦੀ ਭਾਵਨਾ ਰਖਦਿਆਂ ਆਪਸ ਵਿਚ ਵਿਚਰਣਾ ਚਾਹੀਦਾ ਹੈ ।"
    ),
    "ta": (
        "மனிதப் பிறிவியினர் சகலரும் சுதந்திரமாகவே பிறக்கின்றனர்; அவர்கள் மதிப்பிலும், "
        "உரிமைகளிலும் சமமானவர்கள், அவர்கள் நியாயத்தையும் மனச்சாட்சியையும் இயற்பண்பாகப் "
        "பெற்றவர்கள். அவர்கள் ஒருவருடனொருவர் சகோதர உணர்வுப் பாங்கில் நடந்துகொள்ளல் வேண்டும்."
    ),
    "te": (
        "ప్రతిపత్తిస్వత్వముల విషయమున మానవులెల్లరును జన్మతః స్వతంత్రులును సమానులును నగుదురు. "
        "వారు వివేచన-అంతఃకరణ సంపన్నులగుటచే పరస్పరము భ్రాతృభావముతో వర్తింపవలయును."
    ),
    "gu": (
        "પ્રતિષ્ઠા અને અધિકારોની દૃષ્ટિએ સર્વ માનવો જન્મથી સ્વતંત્ર અને સમાન હોય છે. "
        "તેમનામાં વિચારશક્તિ અને અંતઃકરણ હોય છે અને તેમણે પરસ્પર બંધુત્વની ભાવનાથી વર્તવું "
        "જોઇએ."
    ),
    "th": (
        "มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิ "
        "ต่างมีเหตุผลและมโนธรรม และควรปฏิบัติต่อกันด้วยเจตนารมณ์แห่งภราดรภาพ"
    ),
    "lo": (
        "ມະນຸດເກີດມາມີສິດເສລີພາບ ແລະ ສະເໝີໜ້າກັນໃນທາງກຽດຕິສັກ ແລະ "
        "ທາງສິດດ້ວຍມະນຸດມີສະຕິສຳປັດຊັນຍະ(ຮູ້ດີຮູ້"
        "ຊົ່ວ)ແລະມີມະໂນທຳຈື່ງຕ້ອງປະພຶດຕົນຕໍ່ກັນໃນທາງພີ່ນ້ອງ."
    ),
    "km": (
        "មនុស្សទាំងអស់ កើតមកមានសេរីភាព និងសមភាព ក្នុងផ្នែកសេចក្ដីថ្លៃថ្នូរនិងសិទ្ធិ។ មនុស្ស "
        "មានវិចារណញ្ញាណនិងសតិសម្បជញ្ញៈជាប់ពីកំណើត "
        "ហើយគប្បីប្រព្រឹត្ដចំពោះគ្នាទៅវិញទៅមកក្នុងស្មារតីភាតរភាពជាបងប្អូន។"
    ),
    "my": (
        "လူတိုင်းသည် တူညီ လွတ်လပ်သော ဂုဏ်သိက္ခာဖြင့် လည်းကောင်း၊ တူညီလွတ်လပ်သော "
        "အခွင့်အရေးများဖြင့် လည်းကောင်း၊ မွေးဖွားလာသူများ ဖြစ်သည်။ ထိုသူတို့၌ ပိုင်းခြား "
        "ဝေဖန်တတ်သော ဉာဏ်နှင့် ကျင့်ဝတ် သိတတ်သော စိတ်တို့ရှိကြ၍ ထိုသူတို့သည် အချင်းချင်း "
        "မေတ္တာထား၍ ဆက်ဆံကျင့်သုံးသင့်၏။"
    ),
    "am": (
        "የሰው ልጅ ሁሉ ሲወለድ ነጻና በክብርና በመብትም እኩልነት ያለው ነው። የተፈጥሮ ማስተዋልና ሕሊና ስላለው አንዱ ሌላውን "
        "በወንድማማችነት መንፈስ መመልከት ይገባዋል።"
    ),
    "ti": (
        "ብመንፅር ክብርን መሰልን ኩሎም ሰባት እንትውለዱ ነፃን ማዕሪን እዮም። ምስትውዓልን ሕልናን ዝተዓደሎም ብምዃኖም ንሕድሕዶም "
        "ብሕውነታዊ መንፈስ ክተሓላለዩ ኦለዎም።"
    ),
    "zh-Hans": (
        "人人生而自由，在尊严和权利上一律平等。他们赋有理性和良心，并应以兄弟关系的精神相对待。"
    ),
    "zh-Hant": (
        "人人生而自由，在尊嚴和權利上一律平等。他們賦有理性和良心，並應以兄弟關係的精神相對待。"
    ),
    "ja": (
        "すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等であ"
        "る。人間は、理性と良心とを授けられており、互いに同胞の精神をもって行動しなければ"
        "ならない。"
    ),
    "ko": (
        "모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다. 인간은 "
        "천부적으로 이성과 양심을 부여받았으며 서로 형제애의 정신으로 행동하여야 한다."
    ),
    "chr": (
        "ᏂᎦᏓ ᎠᏂᏴᏫ ᎤᎾᏕᏅᎢ ᎤᎾᏚᏓᎴᏓ ᎠᎴ ᎡᏧᎳᎭᏉ ᎾᎢ ᎠᏢᏉᏙᏗ ᎠᎴ ᎤᏂᎲ ᎢᏳᎾᏛᏗᎢ. ᎾᏍᎩᎾᏃ ᎤᎵᏍᎪᎸᏔᏅᎩ ᎤᏠᏯᏍᏗ ᏅᏰᎵᏛᎩ "
        "ᎠᎴ ᎠᏓᏅᏖᏟᏓᏍᏗ ᎠᎴ ᎡᎵᏍᏗ ᏏᏴᏫᎭ ᏂᏚᎾᏓᏛᎾᏕᎬᎩ Ꮎ ᏗᎾᏓᏅᏟ ᎠᏓᏅᏙ ᎬᏗ."
    ),
    "hy": (
        "Բոլոր մարդիկ ծնվում են ազատ ու հավասար իրենց արժանապատվությամբ ու իրավունքներով։ "
        "Նրանք ունեն բանականություն ու խիղճ և միմյանց պետք է եղբայրաբար վերաբերվեն։"
    ),
    "ka": (
        "ყოველი ადამიანი იბადება თავისუფალი და თანასწორი თავისი ღირსებითა და უფლებებით. მათ "
        "მინიჭებული აქვთ გონება და სინდისი და ერთმანეთის მიმართ უნდა ექცეოდნენ ძმობის "
        "სულისკვეთებით."
    ),
}
