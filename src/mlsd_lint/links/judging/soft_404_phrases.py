"""What pages call themselves that do not exist, in the languages that most of the web is in.

Each line is a whole title, or the part of one beside the site's name. Letter case, accents and
punctuation do not matter.
"""

from __future__ import annotations

# Titles that hardly anything else has.
PLAIN = """
404 page not found
page not found
page not found 404
page not found error
page not found error 404
error page not found
error 404 page not found
404 error page not found
page cannot be found
page can't be found
page could not be found
page was not found
page doesn't exist
page does not exist
page no longer exists
page isn't available
the page cannot be found
the page can't be found
the page could not be found
the page was not found
the page does not exist
the page doesn't exist
this page cannot be found
this page can't be found
this page could not be found
404: this page could not be found
this page does not exist
this page doesn't exist
this page isn't available
this page is not available
this page no longer exists
this page has been removed
that page can't be found
oops! that page can't be found
that page doesn't exist
sorry, this page isn't available
sorry, this page doesn't exist
sorry, page not found
oops! page not found
oops! page not found!
whoops, page not found
uh oh, page not found
the page you requested could not be found
the page you requested was not found
the page you requested cannot be found
the requested page could not be found
the requested page was not found
the requested url was not found
the requested url was not found on this server
requested page not found
the page you are looking for doesn't exist
the page you are looking for does not exist
the page you are looking for could not be found
the page you are looking for cannot be found
the page you are looking for can't be found
the page you are looking for is not available
the page you're looking for doesn't exist
the page you're looking for can't be found
the page you're looking for could not be found
the page you're looking for isn't available
the page you were looking for doesn't exist
the page you were looking for could not be found
the page you were looking for doesn't exist (404)
we can't find that page
we can't find this page
we can't find the page
we can't find the page you're looking for
we can't seem to find the page you're looking for
we couldn't find that page
we couldn't find this page
we couldn't find the page you're looking for
we couldn't find the page you were looking for
we could not find that page
sorry, we can't find that page
sorry, we couldn't find that page
sorry, we can't find the page you're looking for
no such page
error 404 (not found)
error 404 (not found)!!1
page moved or deleted

Seite nicht gefunden
404 Seite nicht gefunden
Seite nicht gefunden (404)
Fehler 404: Seite nicht gefunden
404-Fehler: Seite nicht gefunden
Seite existiert nicht
Diese Seite existiert nicht
Diese Seite existiert nicht mehr
Diese Seite wurde nicht gefunden
Diese Seite konnte nicht gefunden werden
Die Seite wurde nicht gefunden
Die Seite konnte nicht gefunden werden
Die Seite existiert nicht
Seite wurde nicht gefunden
Seite konnte nicht gefunden werden
Die angeforderte Seite wurde nicht gefunden
Die angeforderte Seite konnte nicht gefunden werden
Die gewünschte Seite wurde nicht gefunden

Page introuvable
404 page introuvable
Page introuvable (404)
Erreur 404 - Page introuvable
Erreur 404 : page non trouvée
Page non trouvée
404 page non trouvée
Page non trouvée (404)
Cette page n'existe pas
Cette page n'existe plus
Cette page est introuvable
La page n'existe pas
La page est introuvable
La page demandée n'existe pas
La page demandée est introuvable
La page que vous cherchez n'existe pas
La page que vous recherchez n'existe pas

Página no encontrada
404 Página no encontrada
Página no encontrada (404)
Error 404: página no encontrada
La página no existe
Esta página no existe
La página no se ha encontrado
Página no existe
No se encontró la página
No se ha encontrado la página
La página solicitada no existe
La página que buscas no existe

Página não encontrada
404 Página não encontrada
Página não encontrada (404)
Erro 404: página não encontrada
Erro 404 - Página não encontrada
Esta página não existe
A página não existe
A página não foi encontrada
Página não existe

Pagina non trovata
404 Pagina non trovata
Pagina non trovata (404)
Errore 404: pagina non trovata
Questa pagina non esiste
La pagina non esiste
La pagina richiesta non esiste
Pagina inesistente

Pagina niet gevonden
404 Pagina niet gevonden
Pagina niet gevonden (404)
Fout 404: pagina niet gevonden
Deze pagina bestaat niet
Deze pagina bestaat niet meer
Pagina bestaat niet
De pagina is niet gevonden
De pagina kan niet worden gevonden

Nie znaleziono strony
404 Nie znaleziono strony
Strony nie znaleziono
Strona nie istnieje
Ta strona nie istnieje
Taka strona nie istnieje
Podana strona nie istnieje
Strona nie została znaleziona
Błąd 404: strona nie istnieje

Sidan hittades inte
Sidan kunde inte hittas
Sidan finns inte
Siden blev ikke fundet
Siden findes ikke
Siden ble ikke funnet
Siden finnes ikke
Fant ikke siden
Sivua ei löytynyt
Sivua ei löydy
Stránka nenalezena
Stránka nebyla nalezena
Stránka neexistuje
Stránka sa nenašla
Az oldal nem található
A keresett oldal nem található
Pagina nu a fost găsită
Pagina nu există
Sayfa bulunamadı
404 Sayfa bulunamadı
Aradığınız sayfa bulunamadı
Halaman tidak ditemukan
Không tìm thấy trang
Trang không tồn tại
Η σελίδα δεν βρέθηκε
Η σελίδα δεν υπάρχει

Страница не найдена
404 Страница не найдена
Страница не найдена (404)
Ошибка 404: страница не найдена
Страница не существует
Такой страницы не существует
Такой страницы нет
Запрашиваемая страница не найдена
Сторінку не знайдено
Сторінка не знайдена
Сторінка не існує

页面不存在
页面未找到
页面没有找到
页面找不到了
找不到页面
找不到网页
网页不存在
该页面不存在
无法找到该页
404 页面不存在
404 页面未找到
抱歉，页面不存在
您访问的页面不存在
你访问的页面不存在
您访问的页面不存在或已被删除
頁面不存在
找不到頁面
找不到網頁
網頁不存在

ページが見つかりません
ページが見つかりませんでした
404 ページが見つかりません
404 ページが見つかりませんでした
お探しのページは見つかりません
お探しのページは見つかりませんでした
お探しのページが見つかりません
お探しのページが見つかりませんでした
指定されたページは存在しません
指定されたページが見つかりません
ページは存在しません
ページが存在しません
このページは存在しません

페이지를 찾을 수 없습니다
페이지를 찾을 수 없음
404 페이지를 찾을 수 없습니다
존재하지 않는 페이지
존재하지 않는 페이지입니다
요청하신 페이지를 찾을 수 없습니다

الصفحة غير موجودة
لم يتم العثور على الصفحة
صفحه پیدا نشد
"""

# Titles that works and articles have too: they tell only on a page that says nothing else.
AMBIGUOUS = """
404
410
404 not found
404 not found error
404 error
404 error page
404 page
404 file not found
error 404
error 404 not found
error 404 file not found
http 404
http 404 not found
http error 404
http status 404 not found
410 gone
not found
not found 404
not found error
page 404
page gone
page missing
page removed
page deleted
page unavailable
page not available
missing page
file not found
document not found
article not found
resource not found
content not found
content no longer available
post not found
project not found
item not found
nothing found
nothing here
oops 404
object not found
Fehler 404
404 Fehler
Fehlerseite 404
Nicht gefunden
Seite nicht verfügbar
Erreur 404
404 introuvable
Introuvable
Page inexistante
Contenu introuvable
No encontrado
No encontrada
404 no encontrado
Página inexistente
Contenido no encontrado
Erro 404
Não encontrado
Não encontrada
Errore 404
Non trovato
Fout 404
Niet gevonden
Błąd 404
Nie znaleziono
Ошибка 404
Не найдено
404页面
404错误
404 错误页面
内容不存在
文章不存在
404エラー
404 오류
"""
