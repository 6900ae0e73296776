"""The map: mail, and the links in it that stop it."""

from django.urls import path

from forum.views import mail

urlpatterns = [
    path("me/mail/", mail.settings, name="me_mail"),
    path("me/mail/lift/", mail.lift, name="me_mail_lift"),
    path("mail/stop/<str:link>/", mail.stop, name="mail_stop"),
]
